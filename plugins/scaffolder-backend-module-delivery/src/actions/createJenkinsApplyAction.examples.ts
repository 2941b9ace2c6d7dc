// SPDX-License-Identifier: Apache-2.0
import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** What `delivery:jenkins:apply` is used for. */
export const jenkinsApplyExamples: TemplateExample[] = [
  {
    description: 'Jobs for two repositories that were just published',
    example: stringify({
      steps: [
        {
          id: 'jenkins',
          name: 'Create the Jenkins jobs and start the first build',
          action: 'delivery:jenkins:apply',
          input: {
            folder: 'orders',
            artifactGitUrl: "${{ steps['publish-artifact'].output.remoteUrl }}",
            chartGitUrl: "${{ steps['publish-chart'].output.remoteUrl }}",
          },
        },
      ],
    }),
  },
  {
    description:
      'On a named Jenkins, looking for a new base image on Mondays, without a first build',
    example: stringify({
      steps: [
        {
          id: 'jenkins',
          name: 'Create the Jenkins jobs',
          action: 'delivery:jenkins:apply',
          input: {
            instance: 'second',
            folder: 'orders',
            artifactGitUrl: 'https://github.com/northwind/orders.git',
            chartGitUrl: 'https://github.com/northwind/orders-chart.git',
            baseImageSchedule: 'H 4 * * 1',
            startFirstBuild: false,
          },
        },
      ],
    }),
  },
];
