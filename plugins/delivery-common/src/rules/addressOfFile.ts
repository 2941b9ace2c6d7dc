// SPDX-License-Identifier: Apache-2.0
import type { SourceHostType } from './sourceHosts';

/**
 * The web address of a file of a repository, as Backstage reads it.
 *
 * @public
 */
export function addressOfFile(options: {
  type: SourceHostType;
  /** Its web address, as `repositoryOfLocation` gives it. */
  repository: string;
  at: { branch: string } | { commit: string };
  path: string;
}): string {
  const { type, repository, at, path } = options;
  const ref = 'commit' in at ? at.commit : at.branch;
  switch (type) {
    // Backstage reads this form on a GitLab, too, and there it is led to /-/blob/
    case 'github':
    case 'gitlab':
      return `${repository}/blob/${ref}/${path}`;
    case 'gitea': {
      const kind = 'commit' in at ? 'commit' : 'branch';
      return `${repository}/src/${kind}/${ref}/${path}`;
    }
    case 'bitbucketServer':
      return `${repository}/browse/${path}?at=${encodeURIComponent(ref)}`;
    default:
      return type satisfies never;
  }
}
