// SPDX-License-Identifier: Apache-2.0

/** On a Bitbucket Data Center, which may live below a path of its host. */
const BITBUCKET = /^(.*\/(?:projects|users)\/[^/]+\/repos\/[^/]+)(?:\/|$)/;

/** On a Gitea, which may live below a path of its host, too. */
const GITEA =
  /^((?:\/(?!(?:blob|tree)\/)[^/]+){2,})\/src\/(?:branch|commit)\/([^/]+)(?:\/|$)/;

/**
 * The repository that a web address leads into, and the branch when the address names one.
 *
 * @remarks
 * On GitLab, where groups have subgroups, the repository ends at `/-/`; on Bitbucket Data
 * Center it is what comes after `/repos/`, on Gitea what comes before `/src/branch/`; elsewhere it is the first two parts of the path.
 *
 * @returns the address without a slash or `.git` at its end; undefined when it names none.
 * @public
 */
export function repositoryOfLocation(
  target: string,
): { url: string; branch?: string } | undefined {
  const url = URL.canParse(target) ? new URL(target) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    return undefined;
  }
  const bitbucket = BITBUCKET.exec(url.pathname)?.[1];
  const { path, branch } = bitbucket
    ? { path: bitbucket, branch: url.searchParams.get('at') }
    : partsOf(url.pathname);
  return path
    ? {
        url: `${url.origin}${path}`,
        ...(branch ? { branch: branch.replace(/^refs\/heads\//, '') } : {}),
      }
    : undefined;
}

function partsOf(pathname: string): { path?: string; branch?: string } {
  const [, gitea, ref] = GITEA.exec(pathname) ?? [];
  if (gitea) {
    return { path: gitea, branch: ref };
  }
  const [before, after] = pathname.split('/-/');
  const parts = before.split('/').filter(Boolean);
  const names = after === undefined ? parts.slice(0, 2) : parts;
  const [, branch] =
    after === undefined ? parts.slice(2) : after.split('/').filter(Boolean);
  return names.length < 2
    ? {}
    : { path: `/${names.join('/').replace(/\.git$/, '')}`, branch };
}
