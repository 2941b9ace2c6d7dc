// SPDX-License-Identifier: Apache-2.0
import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** What `delivery:spinnaker:apply` is used for. */
export const spinnakerApplyExamples: TemplateExample[] = [
  {
    description: 'The application and Spinnaker pipelines of a new service',
    example: stringify({
      steps: [
        {
          id: 'spinnaker',
          name: 'Create the Spinnaker application and pipelines',
          action: 'delivery:spinnaker:apply',
          input: { application: 'orders' },
        },
      ],
    }),
  },
  {
    description: 'People may look, only the portal may start',
    example: stringify({
      steps: [
        {
          id: 'spinnaker',
          name: 'Create the Spinnaker application and pipelines',
          action: 'delivery:spinnaker:apply',
          input: {
            application: 'orders',
            path: 'europe',
            email: 'team-orders@example.com',
            permissions: {
              READ: ['everyone'],
              EXECUTE: ['svc-portal'],
              WRITE: ['svc-portal'],
            },
          },
        },
      ],
    }),
  },
];
