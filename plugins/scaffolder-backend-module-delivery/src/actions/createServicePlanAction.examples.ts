// SPDX-License-Identifier: Apache-2.0
import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** What `delivery:service:plan` is used for. */
export const servicePlanExamples: TemplateExample[] = [
  {
    description: 'A new service with nothing but the defaults of its runtime',
    example: stringify({
      steps: [
        {
          id: 'runtime',
          action: 'fetch:plain:file',
          input: {
            url: './runtimes/http-service/runtime.yaml',
            targetPath: 'runtime.yaml',
          },
        },
        {
          id: 'plan',
          name: 'Check what was asked for',
          action: 'delivery:service:plan',
          input: {
            runtimeFile: 'runtime.yaml',
            answers: {
              name: 'orders',
              owner: 'group:default/team-orders',
              organisation: 'northwind',
            },
          },
        },
      ],
    }),
  },
  {
    description: 'A published chart, whose values hold the image elsewhere',
    example: stringify({
      steps: [
        {
          id: 'plan',
          name: 'Check what was asked for',
          action: 'delivery:service:plan',
          input: {
            runtimeFile: 'runtime.yaml',
            answers: {
              name: 'orders',
              owner: 'group:default/team-orders',
              organisation: 'northwind',
              chart: {
                kind: 'published',
                repository: 'https://charts.example.com',
                name: 'web',
                version: '2.1.0',
                imageName: 'image.repository',
                imageTag: 'image.tag',
              },
            },
          },
        },
      ],
    }),
  },
];
