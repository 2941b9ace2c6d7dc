// SPDX-License-Identifier: Apache-2.0
import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** What `delivery:chart:values` is used for. */
export const chartValuesExamples: TemplateExample[] = [
  {
    description: 'More replicas the closer it gets to production',
    example: stringify({
      steps: [
        {
          id: 'values',
          name: 'Write the settings of each environment',
          action: 'delivery:chart:values',
          input: {
            service: 'orders',
            targetPath: 'chart',
            defaults: { replicas: 1 },
            tiers: { staging: { replicas: 2 }, production: { replicas: 3 } },
          },
        },
      ],
    }),
  },
  {
    description: 'Another promotion path, and one environment of its own',
    example: stringify({
      steps: [
        {
          id: 'values',
          name: 'Write the settings of each environment',
          action: 'delivery:chart:values',
          input: {
            service: 'orders',
            path: 'europe',
            environments: { qa: { env: { LOG_LEVEL: 'debug' } } },
          },
        },
      ],
    }),
  },
];
