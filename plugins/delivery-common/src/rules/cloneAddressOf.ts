// SPDX-License-Identifier: Apache-2.0

const BITBUCKET = /^(.*)\/(projects|users)\/([^/]+)\/repos\/([^/]+)$/;

/**
 * Where Git finds a repository.
 *
 * @param repository - its web address, as `repositoryOfLocation` gives it
 * @public
 */
export function cloneAddressOf(repository: string): string {
  const [, base, kind, owner, name] = BITBUCKET.exec(repository) ?? [];
  return name
    ? `${base}/scm/${
        kind === 'users' ? '~' : ''
      }${owner.toLowerCase()}/${name}.git`
    : `${repository}${repository.includes('/_git/') ? '' : '.git'}`;
}
