// SPDX-License-Identifier: Apache-2.0
import {
  CHART_RESOURCE_TYPE,
  DELIVERY_ANNOTATIONS,
  type ManifestRenderer,
} from 'backstage-plugin-delivery-common';
import type { AdoptAnswers } from './adoptAnswers';
import type { SurveyedRepository } from './surveyRepositories';
import { wireEntity } from './wireEntity';

/** The catalog files that bind the repositories of a service to each other and to CI and CD. */
export function renderAdoption(options: {
  answers: AdoptAnswers;
  renderer: ManifestRenderer;
  artifact?: SurveyedRepository;
  chart?: SurveyedRepository;
}): { artifact?: string; chart?: string } {
  const { answers, renderer, artifact, chart } = options;
  const { service, owner, system, path } = answers;
  const belonging = { owner, ...(system ? { system } : {}) };
  const component = artifact
    ? {
        artifact: wireEntity(artifact.catalogInfo, {
          kind: 'Component',
          name: service,
          annotations: {
            [DELIVERY_ANNOTATIONS.jenkinsFolder]: answers.jenkinsFolder,
            [DELIVERY_ANNOTATIONS.spinnakerApplication]:
              answers.spinnakerApplication,
            [DELIVERY_ANNOTATIONS.kubernetesId]: answers.kubernetesId,
            ...(renderer === 'kustomize'
              ? { [DELIVERY_ANNOTATIONS.renderer]: renderer }
              : {}),
            ...(path ? { [DELIVERY_ANNOTATIONS.path]: path } : {}),
          },
          spec: { type: 'service', lifecycle: 'production', ...belonging },
          relation: {
            key: 'dependsOn',
            ref: `resource:default/${service}-chart`,
          },
        }),
      }
    : {};
  const resource = chart
    ? {
        chart: wireEntity(chart.catalogInfo, {
          kind: 'Resource',
          name: `${service}-chart`,
          annotations: {},
          spec: { type: CHART_RESOURCE_TYPE, ...belonging },
          relation: {
            key: 'dependencyOf',
            ref: `component:default/${service}`,
          },
        }),
      }
    : {};
  return { ...component, ...resource };
}
