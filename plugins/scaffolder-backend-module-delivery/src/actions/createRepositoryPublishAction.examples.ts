// SPDX-License-Identifier: Apache-2.0
import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** What `delivery:repository:publish` is used for. */
export const repositoryPublishExamples: TemplateExample[] = [
  {
    description: 'The repository of the source, from the folder artifact',
    example: stringify({
      steps: [
        {
          id: 'publish-artifact',
          name: 'Create the repository of the source',
          action: 'delivery:repository:publish',
          input: {
            sourceHost: 'github.com',
            organisation: 'northwind',
            repository: 'orders',
            description: 'Takes orders',
            sourcePath: 'artifact',
            commitMessage: 'Start the service',
          },
        },
      ],
    }),
  },
];
