// SPDX-License-Identifier: Apache-2.0

/**
 * The repository that a web address leads into, and the branch when the address names one.
 *
 * @remarks
 * On GitLab, where groups have subgroups, the repository ends at `/-/`; elsewhere it is the
 * first two parts of the path.
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
  const [before, after] = url.pathname.split('/-/');
  const parts = before.split('/').filter(Boolean);
  const names = after === undefined ? parts.slice(0, 2) : parts;
  const [, branch] =
    after === undefined ? parts.slice(2) : after.split('/').filter(Boolean);
  return names.length < 2
    ? undefined
    : {
        url: `${url.origin}/${names.join('/').replace(/\.git$/, '')}`,
        ...(branch ? { branch } : {}),
      };
}
