// SPDX-License-Identifier: Apache-2.0

/** On a Bitbucket Data Center, which may live below a path of its host. */
const BITBUCKET = /^(.*\/(?:projects|users)\/[^/]+\/repos\/[^/]+)(?:\/|$)/;

/** On a Gitea, which may live below a path of its host, too. */
const GITEA =
  /^((?:\/(?!(?:blob|tree)\/)[^/]+){2,})\/src\/(?:branch|commit)\/([^/]+)(?:\/|$)/;

/** On Azure DevOps. */
const AZURE = /^(.+\/_git\/[^/]+)(?:\/|$)/;

/**
 * The repository that a web address leads into, and the branch when the address names one.
 *
 * @remarks
 * On GitLab, where groups have subgroups, the repository ends at `/-/`, and on Gitea at
 * `/src/branch/`; on Bitbucket Data Center it is what comes after `/repos/`, on Azure DevOps
 * what comes after `/_git/`; elsewhere it is the first two parts of the path.
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
  const { path, branch } = partsOf(url);
  return path
    ? { url: `${url.origin}${path}`, ...(branch ? { branch } : {}) }
    : undefined;
}

function partsOf(url: URL): { path?: string; branch?: string } {
  const { pathname, searchParams } = url;
  const [, bitbucket] = BITBUCKET.exec(pathname) ?? [];
  if (bitbucket) {
    const at = searchParams.get('at')?.replace(/^refs\/heads\//, '');
    return { path: bitbucket, branch: at };
  }
  const [, azure] = AZURE.exec(pathname) ?? [];
  if (azure) {
    // GT is a tag, GC a commit.
    const [, branch] = /^GB(.+)$/.exec(searchParams.get('version') ?? '') ?? [];
    return { path: azure, branch };
  }
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
