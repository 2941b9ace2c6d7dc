// SPDX-License-Identifier: Apache-2.0

/**
 * The hosts on which a service can have its repositories: the names of their products, by the
 * type of Backstage's integration.
 *
 * @public
 */
export const SOURCE_HOSTS = {
  github: 'GitHub',
  gitlab: 'GitLab',
  gitea: 'Gitea',
  azure: 'Azure DevOps',
  bitbucketServer: 'Bitbucket Data Center',
  bitbucketCloud: 'Bitbucket Cloud',
} as const;

/**
 * The type of an integration of Backstage whose hosts can have the repositories of a service.
 *
 * @public
 */
export type SourceHostType = keyof typeof SOURCE_HOSTS;

/**
 * Whether the hosts of an integration of that type can have the repositories of a service.
 *
 * @public
 */
export function isSourceHostType(
  type: string | undefined,
): type is SourceHostType {
  return type !== undefined && Object.hasOwn(SOURCE_HOSTS, type);
}
