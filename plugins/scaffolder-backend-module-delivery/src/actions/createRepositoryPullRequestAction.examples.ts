// SPDX-License-Identifier: Apache-2.0
import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const repositoryPullRequestExamples: TemplateExample[] = [
  {
    description: 'Ask a repository to take the files of the folder artifact',
    example: stringify({
      steps: [
        {
          id: 'artifact-pull',
          action: 'delivery:repository:pull-request',
          name: 'Ask the repository of the source to take its catalog file',
          input: {
            sourceHost: 'gitlab.com',
            organisation: 'northwind/payments',
            repository: 'billing',
            sourcePath: 'artifact',
            branchName: 'delivery/adopt-billing',
            title: 'Bind billing to its jobs, Spinnaker application and chart',
            description: 'Lets Backstage deliver **billing**.',
          },
        },
      ],
    }),
  },
];
