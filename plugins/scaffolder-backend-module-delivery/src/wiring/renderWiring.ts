// SPDX-License-Identifier: Apache-2.0
import type { SpinnakerPipeline } from 'backstage-plugin-spinnaker-client';
import type { JenkinsAnswers } from './jenkinsAnswers';

/** The folder of a chart repository that holds the wiring of its service. */
export const WIRING_FOLDER = 'wiring';

/** The file in it that says what was chosen of the Jenkins jobs. */
export const JENKINS_FILE = 'jenkins.json';

/** A file, by its path in the repository. */
export type WiringFile = { path: string; content: string };

/**
 * The files that keep the wiring of a service in its chart repository: the Spinnaker
 * application and pipelines as Spinnaker takes them, and how the Jenkins jobs are set.
 */
export function renderWiring(options: {
  application: string;
  entityRef: string;
  pipelines: readonly { environment: string; pipeline: SpinnakerPipeline }[];
  jenkins: JenkinsAnswers;
}): WiringFile[] {
  const { application, entityRef, pipelines, jenkins } = options;
  return [
    file('spinnaker/application.json', {
      name: application,
      cloudProviders: 'kubernetes',
      entityRef,
    }),
    ...pipelines.map(({ environment, pipeline }) =>
      file(pipelineFile(environment), pipeline),
    ),
    file(JENKINS_FILE, jenkins),
  ];
}

/** The file of an environment's Spinnaker pipeline, below the folder of the wiring. */
export function pipelineFile(environment: string): string {
  return `spinnaker/deploy-to-${environment}.json`;
}

function file(path: string, content: unknown): WiringFile {
  return {
    path: `${WIRING_FOLDER}/${path}`,
    content: `${JSON.stringify(content, undefined, 2)}\n`,
  };
}
