// SPDX-License-Identifier: Apache-2.0
import type { UrlReaderService } from '@backstage/backend-plugin-api';
import { getEntitySourceLocation, type Entity } from '@backstage/catalog-model';
import { InputError, isError, NotFoundError } from '@backstage/errors';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import {
  addressOfFile,
  CHART_RESOURCE_TYPE,
  cloneAddressOf,
  DELIVERY_ANNOTATIONS,
  isSourceHostType,
  repositoryOfLocation,
} from 'backstage-plugin-delivery-common';
import type { SpinnakerPipeline } from 'backstage-plugin-spinnaker-client';
import { z } from 'zod';
import { checkServiceName } from '../actions/serviceName';
import { jenkinsAnswersSchema, type JenkinsAnswers } from './jenkinsAnswers';
import { pipelineFile, WIRING_FOLDER } from './renderWiring';

const pipelineSchema = z
  .object({
    application: z.string(),
    name: z.string(),
    stages: z.array(
      z
        .object({
          refId: z.string(),
          type: z.string(),
          name: z.string().optional(),
          requisiteStageRefIds: z.array(z.string()).optional(),
        })
        .catchall(z.json()),
    ),
    triggers: z.array(z.record(z.string(), z.json())).default([]),
  })
  .catchall(z.json());

/** What the catalog and the chart repository say of how a service is wired. */
export type ServiceWiring = {
  service: string;
  path?: string;
  artifactGitUrl: string;
  chartGitUrl: string;
  jenkins: JenkinsAnswers;
  /** The Spinnaker pipeline that the repository has for an environment, when it has one. */
  pipeline(environment: string): Promise<SpinnakerPipeline | undefined>;
};

/**
 * Reads how a service is wired: names from its entity, the rest from the folder `wiring` of
 * its chart repository.
 *
 * @throws InputError when the entity does not say what it takes; NotFoundError when the chart
 * repository has no wiring.
 */
export async function readServiceWiring(options: {
  component: Entity;
  /** The Resources that the Component depends on. */
  resources: readonly Entity[];
  reader: Pick<UrlReaderService, 'readUrl'>;
  integrations: ScmIntegrationRegistry;
}): Promise<ServiceWiring> {
  const { component, resources, reader, integrations } = options;
  const annotations = component.metadata.annotations ?? {};
  const application = annotations[DELIVERY_ANNOTATIONS.spinnakerApplication];
  const folder = annotations[DELIVERY_ANNOTATIONS.jenkinsFolder];
  if (!application || application !== folder) {
    throw new InputError(
      `${component.metadata.name} must name the same Jenkins folder and Spinnaker application in its annotations ${DELIVERY_ANNOTATIONS.jenkinsFolder} and ${DELIVERY_ANNOTATIONS.spinnakerApplication}`,
    );
  }
  const service = checkServiceName(
    `The annotation ${DELIVERY_ANNOTATIONS.spinnakerApplication}`,
    application,
  );
  const charts = resources.filter(
    ({ spec }) => spec?.type === CHART_RESOURCE_TYPE,
  );
  if (charts.length !== 1) {
    throw new InputError(
      `${component.metadata.name} must depend on exactly one Resource of the type ${CHART_RESOURCE_TYPE}, not on ${charts.length}`,
    );
  }
  const chart = repositoryOf(charts[0]);
  const type = integrations.byUrl(chart.url)?.type;
  if (!isSourceHostType(type)) {
    throw new InputError(
      `${chart.url} is not at a source host of this portal; add it to integrations`,
    );
  }
  const read = async (path: string) => {
    try {
      const answer = await reader.readUrl(
        addressOfFile({
          type,
          repository: chart.url,
          at: { branch: chart.branch },
          path: `${WIRING_FOLDER}/${path}`,
        }),
      );
      return JSON.parse((await answer.buffer()).toString('utf8'));
    } catch (error) {
      if (isError(error) && error.name === NotFoundError.name) {
        return undefined;
      }
      throw error;
    }
  };
  const jenkins = await read('jenkins.json');
  if (jenkins === undefined) {
    throw new NotFoundError(
      `${chart.url} has no ${WIRING_FOLDER}/jenkins.json; use the template 'Adopt a service' to add it`,
    );
  }
  const path = annotations[DELIVERY_ANNOTATIONS.path];
  return {
    service,
    ...(path ? { path } : {}),
    artifactGitUrl: cloneAddressOf(repositoryOf(component).url),
    chartGitUrl: cloneAddressOf(chart.url),
    jenkins: jenkinsAnswersSchema.parse(jenkins),
    pipeline: async environment => {
      const saved = await read(pipelineFile(environment));
      return saved === undefined ? undefined : pipelineSchema.parse(saved);
    },
  };
}

/** The repository at an entity's source location, and the branch it was read from. */
function repositoryOf(entity: Entity): { url: string; branch: string } {
  const { type, target } = getEntitySourceLocation(entity);
  const found = type === 'url' ? repositoryOfLocation(target) : undefined;
  if (!found) {
    throw new InputError(
      `${entity.metadata.name} has no source location that names a repository`,
    );
  }
  return { branch: 'main', ...found };
}
