// SPDX-License-Identifier: Apache-2.0
import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** What `delivery:wiring:write` is used for. */
export const wiringWriteExamples: TemplateExample[] = [
  {
    description: 'Into a chart repository that is about to be published',
    example: stringify({
      steps: [
        {
          id: 'wiring',
          name: 'Write the wiring down',
          action: 'delivery:wiring:write',
          input: { service: 'orders', targetPath: 'chart' },
        },
      ],
    }),
  },
];
