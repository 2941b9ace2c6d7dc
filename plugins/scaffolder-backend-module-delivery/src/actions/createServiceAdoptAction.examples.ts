// SPDX-License-Identifier: Apache-2.0
import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** What `delivery:service:adopt` is used for. */
export const serviceAdoptExamples: TemplateExample[] = [
  {
    description: 'A service whose repositories, jobs and application exist',
    example: stringify({
      steps: [
        {
          id: 'survey',
          name: 'Look at what is there',
          action: 'delivery:service:adopt',
          input: {
            service: 'billing',
            owner: 'group:default/team-orders',
            organisation: 'northwind',
            chartRepository: 'billing-helm',
            jenkinsFolder: 'finance/billing',
          },
        },
      ],
    }),
  },
];
