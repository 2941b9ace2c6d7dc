// SPDX-License-Identifier: Apache-2.0
import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** What `delivery:service:restore` is used for. */
export const serviceRestoreExamples: TemplateExample[] = [
  {
    description: 'After Jenkins or Spinnaker was set up anew',
    example: stringify({
      steps: [
        {
          id: 'restore',
          name: 'Make its jobs and Spinnaker pipelines again',
          action: 'delivery:service:restore',
          input: { entityRef: 'component:default/orders' },
        },
      ],
    }),
  },
];
