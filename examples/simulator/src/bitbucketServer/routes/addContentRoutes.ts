// SPDX-License-Identifier: Apache-2.0
import type { ForgeCall } from '../../forge/inKnownRepository';
import type { FetchRouter } from '../../http/FetchRouter';
import {
  REPOSITORY,
  type BitbucketServerContext,
} from '../BitbucketServerContext';
import { bitbucketServerError } from '../bitbucketServerError';
import { pageOf } from '../pageOf';

/** Adds the routes that read branches and files. */
export function addContentRoutes(
  router: FetchRouter,
  { inRepository }: BitbucketServerContext,
): void {
  router
    .on(
      'GET',
      `${REPOSITORY}/default-branch`,
      inRepository(async ({ repository }) => {
        const { defaultBranch } = repository.record.value;
        const branches = await repository.git.branches();
        if (branches.size === 0) {
          return new Response(null, { status: 204 });
        }
        return branches.has(defaultBranch)
          ? Response.json(refOf(defaultBranch))
          : bitbucketServerError(
              404,
              `The default branch '${defaultBranch}' does not exist.`,
              'com.atlassian.bitbucket.repository.NoDefaultBranchException',
            );
      }),
    )
    .on(
      'GET',
      `${REPOSITORY}/branches`,
      inRepository(async ({ repository, url }) => {
        const text = (url.searchParams.get('filterText') ?? '').toLowerCase();
        const boosted = url.searchParams.get('boostMatches') === 'true';
        const found = [...(await repository.git.branches())]
          .filter(([name]) => name.toLowerCase().includes(text))
          .map(([name, latestCommit]) => ({ ...refOf(name), latestCommit }));
        const first = found.filter(
          ({ displayId }) => boosted && displayId.toLowerCase() === text,
        );
        return Response.json(pageOf([...new Set([...first, ...found])], url));
      }),
    )
    .on('GET', `${REPOSITORY}/raw/*`, inRepository(readFile));
}

async function readFile({
  repository,
  params,
  url,
}: ForgeCall): Promise<Response> {
  const at =
    url.searchParams.get('at') || repository.record.value.defaultBranch;
  const commit = await repository.git.resolve(at);
  if (!commit) {
    return bitbucketServerError(
      404,
      `Branch, tag, or commit "${at}" does not exist in this repository.`,
      'com.atlassian.bitbucket.commit.NoSuchCommitException',
    );
  }
  const entry = await repository.git.entry(commit, params.rest);
  if (entry?.type !== 'blob') {
    return bitbucketServerError(
      404,
      `The path "${params.rest}" does not exist at revision "${at}"`,
      'com.atlassian.bitbucket.content.NoSuchPathException',
    );
  }
  return new Response(new Uint8Array(await repository.git.blob(entry.sha)), {
    headers: { 'content-type': 'text/plain;charset=UTF-8' },
  });
}

/** A branch as the REST API names it. */
function refOf(branch: string): Record<'id' | 'displayId' | 'type', string> {
  return { id: `refs/heads/${branch}`, displayId: branch, type: 'BRANCH' };
}
