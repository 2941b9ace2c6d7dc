// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@backstage/types';

/** A Deployment for a test: `app` is its name and its selector. */
export function deploymentManifest(options: {
  name: string;
  image: string;
  replicas?: number;
  command?: string[];
  env?: JsonObject[];
}): JsonObject {
  const { name, image, replicas = 1, command, env } = options;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels: { app: name } },
    spec: {
      replicas,
      progressDeadlineSeconds: 10,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          containers: [
            {
              name: 'app',
              image,
              ...(command ? { command } : {}),
              ...(env ? { env } : {}),
            },
          ],
        },
      },
    },
  };
}
