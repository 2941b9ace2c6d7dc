// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { ForgeCall } from '../../forge/inKnownRepository';
import { commitFiles } from '../../git/commitFiles';
import { readCommits } from '../../git/readCommits';
import type { FetchRouter } from '../../http/FetchRouter';
import { parseJsonBody } from '../../http/parseJsonBody';
import { inProject, type GitlabContext } from '../GitlabContext';
import { gitlabError } from '../gitlabError';

const newCommit = z.object({
  branch: z.string(),
  start_branch: z.string().optional(),
  commit_message: z.string(),
  actions: z.array(
    z.object({
      action: z.enum(['create', 'update', 'delete']),
      file_path: z.string(),
      content: z.string().default(''),
      encoding: z.enum(['text', 'base64']).default('text'),
      execute_filemode: z.boolean().default(false),
    }),
  ),
});

/** Adds the routes that read files, branches and commits, and the one that commits files. */
export function addRepositoryRoutes(
  router: FetchRouter,
  context: GitlabContext,
): void {
  const base = '/api/v4/projects/:id/repository';
  router
    .on(
      'GET',
      `${base}/files/:path`,
      inProject(context, call => readFile(call)),
    )
    .on(
      'GET',
      `${base}/files/:path/raw`,
      inProject(context, call => readFile(call, { raw: true })),
    )
    .on(
      'GET',
      `${base}/branches/:branch`,
      inProject(context, async ({ repository, params }) => {
        const id = (await repository.git.branches()).get(params.branch);
        return id
          ? Response.json({ name: params.branch, commit: { id } })
          : gitlabError(404, '404 Branch Not Found');
      }),
    )
    .on(
      'GET',
      `${base}/commits`,
      inProject(context, async ({ repository, url }) => {
        const range =
          url.searchParams.get('ref_name') ??
          repository.record.value.defaultBranch;
        const commit = await repository.git.resolve(range);
        const commits = commit
          ? await readCommits(repository.git, { range: commit, limit: 20 })
          : [];
        return Response.json(
          commits.map(({ sha, message }) => ({ id: sha, message })),
        );
      }),
    )
    .on(
      'POST',
      `${base}/commits`,
      inProject(context, call => addCommit(call, context)),
    );
}

async function readFile(
  { repository, params, url }: ForgeCall,
  { raw = false } = {},
): Promise<Response> {
  const ref =
    url.searchParams.get('ref') ?? repository.record.value.defaultBranch;
  const commit = await repository.git.resolve(ref);
  const entry = commit && (await repository.git.entry(commit, params.path));
  if (!entry || entry.type !== 'blob') {
    return gitlabError(404, '404 File Not Found');
  }
  const bytes = await repository.git.blob(entry.sha);
  return raw
    ? new Response(new Uint8Array(bytes), {
        headers: { etag: `W/"${entry.sha}"` },
      })
    : Response.json({
        file_path: entry.path,
        size: bytes.length,
        encoding: 'base64',
        content: bytes.toString('base64'),
        ref,
        blob_id: entry.sha,
        commit_id: commit,
      });
}

async function addCommit(
  { request, repository, login }: ForgeCall,
  { repositories, clock }: GitlabContext,
): Promise<Response> {
  const wanted = await parseJsonBody(newCommit, request);
  return repositories.change({
    repository,
    pusher: login,
    run: async () => {
      const { git } = repository;
      const branches = await git.branches();
      const head =
        branches.get(wanted.branch) ?? branches.get(wanted.start_branch ?? '');
      if (wanted.start_branch && branches.has(wanted.branch)) {
        return gitlabError(
          400,
          `A branch called '${wanted.branch}' already exists. Switch to that branch in order to make changes`,
        );
      }
      for (const { action, file_path } of wanted.actions) {
        const there = head && (await git.entry(head, file_path));
        if (Boolean(there) === (action === 'create')) {
          return gitlabError(
            400,
            there
              ? 'A file with this name already exists'
              : "A file with this name doesn't exist",
          );
        }
      }
      const id = await commitFiles(git, {
        branch: wanted.branch,
        startBranch: wanted.start_branch,
        message: wanted.commit_message,
        author: {
          name: login,
          email: `${login}@users.noreply.example.com`,
          date: clock.now().toISOString(),
        },
        executable: wanted.actions
          .filter(({ execute_filemode }) => execute_filemode)
          .map(({ file_path }) => file_path),
        files: Object.fromEntries(
          wanted.actions.map(({ action, file_path, content, encoding }) => [
            file_path,
            action === 'delete'
              ? undefined
              : Buffer.from(content, encoding === 'text' ? 'utf8' : 'base64'),
          ]),
        ),
      });
      return Response.json(
        { id, message: wanted.commit_message },
        { status: 201 },
      );
    },
  });
}
