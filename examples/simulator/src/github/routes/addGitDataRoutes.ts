// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { GitObjects } from '../../git/GitObjects';
import { FetchRouter } from '../../http/FetchRouter';
import { parseJsonBody } from '../../http/parseJsonBody';
import { GithubContext, inRepository } from '../GithubContext';
import { githubError } from '../githubError';

const sha = z.string().regex(/^[0-9a-f]{40}$/);
const newBlob = z.object({
  content: z.string(),
  encoding: z.enum(['utf-8', 'base64']).default('utf-8'),
});
const newTree = z.object({
  base_tree: sha.optional(),
  tree: z.array(
    z.object({
      path: z.string().min(1),
      mode: z.enum(['100644', '100755', '120000']),
      content: z.string().optional(),
      sha: sha.nullish(),
    }),
  ),
});
const newCommit = z.object({
  message: z.string(),
  tree: sha,
  parents: z.array(sha),
  author: z.object({ name: z.string(), email: z.string() }).optional(),
});
const branchRef = z.string().regex(/^refs\/heads\/[A-Za-z0-9][\w./-]*$/);

/** Adds the routes that write blobs, trees, commits and references one by one. */
export function addGitDataRoutes(
  router: FetchRouter,
  context: GithubContext,
): void {
  const base = '/api/v3/repos/:owner/:repo/git';
  router
    .on(
      'POST',
      `${base}/blobs`,
      inRepository(context, async ({ request, repository }) => {
        const { content, encoding } = await parseJsonBody(newBlob, request);
        const bytes = Buffer.from(
          content,
          encoding === 'base64' ? 'base64' : 'utf8',
        );
        return created({
          sha: await new GitObjects(repository.git).writeBlob(bytes),
        });
      }),
    )
    .on(
      'POST',
      `${base}/trees`,
      inRepository(context, async ({ request, repository }) => {
        const wanted = await parseJsonBody(newTree, request);
        return created({
          sha: await new GitObjects(repository.git).writeTree({
            base: wanted.base_tree,
            changes: wanted.tree.map(change => ({
              ...change,
              sha: change.sha ?? undefined,
            })),
          }),
        });
      }),
    )
    .on(
      'POST',
      `${base}/commits`,
      inRepository(context, async call => {
        const { request, repository, login = 'unknown' } = call;
        const wanted = await parseJsonBody(newCommit, request);
        return created({
          sha: await new GitObjects(repository.git).writeCommit({
            ...wanted,
            author: {
              name: wanted.author?.name ?? login,
              email:
                wanted.author?.email ?? `${login}@users.noreply.example.com`,
              date: context.clock.now().toISOString(),
            },
          }),
        });
      }),
    )
    .on(
      'POST',
      `${base}/refs`,
      inRepository(context, async call => {
        const body = z.object({ ref: branchRef, sha });
        const wanted = await parseJsonBody(body, call.request);
        const branch = wanted.ref.slice('refs/heads/'.length);
        if ((await call.repository.git.branches()).has(branch)) {
          return githubError(422, 'Reference already exists');
        }
        return moved(branch, wanted.sha, call);
      }),
    )
    .on(
      'PATCH',
      `${base}/refs/*`,
      inRepository(context, async call => {
        const wanted = await parseJsonBody(z.object({ sha }), call.request);
        const branch = call.params.rest.replace(/^heads\//, '');
        if (!(await call.repository.git.branches()).has(branch)) {
          return githubError(422, 'Reference does not exist');
        }
        return moved(branch, wanted.sha, call);
      }),
    );

  async function moved(
    branch: string,
    commit: string,
    call: Parameters<Parameters<typeof inRepository>[1]>[0],
  ): Promise<Response> {
    const { repository, login = 'unknown' } = call;
    await context.repositories.change({
      repository,
      pusher: login,
      run: () => new GitObjects(repository.git).setBranch(branch, commit),
    });
    return Response.json(
      {
        ref: `refs/heads/${branch}`,
        object: { type: 'commit', sha: commit },
      },
      { status: call.request.method === 'POST' ? 201 : 200 },
    );
  }
}

function created(body: { sha: string }): Response {
  return Response.json(body, { status: 201 });
}
