// SPDX-License-Identifier: Apache-2.0
import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** What `delivery:catalog:register` is used for. */
export const catalogRegisterExamples: TemplateExample[] = [
  {
    description: 'The Component of a repository that was just made',
    example: stringify({
      steps: [
        {
          id: 'register',
          name: 'Register the service',
          action: 'delivery:catalog:register',
          input: {
            repoContentsUrl:
              '${{ steps["publish-artifact"].output.repoContentsUrl }}',
            path: '/catalog-info.yaml',
          },
        },
      ],
    }),
  },
];
