// SPDX-License-Identifier: Apache-2.0
import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** What `delivery:service:verify` is used for. */
export const serviceVerifyExamples: TemplateExample[] = [
  {
    description: 'Whether everything is in place',
    example: stringify({
      steps: [
        {
          id: 'verify',
          name: 'Check that everything is in place',
          action: 'delivery:service:verify',
          input: { service: 'orders' },
        },
      ],
    }),
  },
  {
    description: 'The same, until the first Release is verified',
    example: stringify({
      steps: [
        {
          id: 'verify',
          name: 'Wait for the first Release',
          action: 'delivery:service:verify',
          input: { service: 'orders', waitMinutes: 10 },
        },
      ],
    }),
  },
];
