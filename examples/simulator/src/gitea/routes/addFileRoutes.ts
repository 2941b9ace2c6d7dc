// SPDX-License-Identifier: Apache-2.0
import type { FetchRouter } from '../../http/FetchRouter';
import type { GiteaContext } from '../GiteaContext';
import { giteaError } from '../giteaError';

/** Adds the routes that read files, branches and commits. */
export function addFileRoutes(
  router: FetchRouter,
  { inRepository }: GiteaContext,
): void {
  const base = '/api/v1/repos/:owner/:repo';
  const absent = () => giteaError(404, "The target couldn't be found.");
  router
    .on(
      'GET',
      `${base}/contents/*`,
      inRepository(async ({ repository, params, url }) => {
        const { git, record } = repository;
        const ref = url.searchParams.get('ref') ?? record.value.defaultBranch;
        const commit = await git.resolve(ref);
        const entry = commit && (await git.entry(commit, params.rest));
        if (!entry || entry.type !== 'blob') {
          return absent();
        }
        const bytes = await git.blob(entry.sha);
        return Response.json({
          name: entry.path.split('/').at(-1),
          path: entry.path,
          sha: entry.sha,
          last_commit_sha: commit,
          type: 'file',
          size: bytes.length,
          encoding: 'base64',
          content: bytes.toString('base64'),
        });
      }),
    )
    .on(
      'GET',
      `${base}/branches/*`,
      inRepository(async ({ repository, params: { rest } }) => {
        const id = (await repository.git.branches()).get(rest);
        return id ? Response.json({ name: rest, commit: { id } }) : absent();
      }),
    )
    .on(
      'GET',
      `${base}/git/commits/:ref`,
      inRepository(async ({ repository, params }) => {
        const sha = await repository.git.resolve(params.ref);
        return sha ? Response.json({ sha }) : absent();
      }),
    );
}
