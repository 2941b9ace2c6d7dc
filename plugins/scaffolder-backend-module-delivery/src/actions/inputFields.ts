// SPDX-License-Identifier: Apache-2.0
import type { z as Zod } from 'zod/v3';

/** What several actions take in the same way. */
export const inputFields = {
  entityRef: (z: typeof Zod) =>
    z
      .string()
      .optional()
      .describe('The entity; component:default/<service> when absent'),
  instance: (z: typeof Zod) =>
    z
      .string()
      .optional()
      .describe('Name under delivery.jenkins.instances; the first when absent'),
  path: (z: typeof Zod) =>
    z
      .string()
      .optional()
      .describe('The promotion path; the default one when absent'),
  handOver: (z: typeof Zod) =>
    z
      .enum(['registry', 'embedded'])
      .optional()
      .describe(
        'How Spinnaker gets the chart: it reads the chart repository, or the package travels with each start; registry when absent',
      ),
  organisation: (z: typeof Zod) =>
    z
      .string()
      .describe('The organisation, user or group that owns the repository'),
  repository: (z: typeof Zod) =>
    z.string().describe('The name of the repository'),
  sourceHost: (z: typeof Zod) => z.string().describe('A configured host'),
  sourcePath: (z: typeof Zod) =>
    z.string().describe('The folder in the workspace'),
  renderer: (z: typeof Zod) =>
    z
      .enum(['helm', 'kustomize'])
      .optional()
      .describe('What renders the manifests; helm when absent'),
  strategy: (z: typeof Zod) =>
    z
      .record(z.enum(['rolling', 'rolling-again', 'blue-green']))
      .optional()
      .describe(
        'How a new version takes the place of the old one, by the name of the environment; rolling when absent, rolling-again removes what blue-green left',
      ),
};
