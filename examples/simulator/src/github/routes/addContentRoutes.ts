// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { TreeEntry } from '../../git/BareRepository';
import { commitFiles } from '../../git/commitFiles';
import { readCommits } from '../../git/readCommits';
import { FetchRouter } from '../../http/FetchRouter';
import { parseJsonBody } from '../../http/parseJsonBody';
import { GithubContext, inRepository, RepositoryCall } from '../GithubContext';
import { githubError } from '../githubError';
import type { GithubUrls } from '../GithubUrls';
import { presentCommit } from '../presentCommit';
import type { RepositoryRecord } from '../../forge/repositoryRecord';

const fileChange = z.object({
  message: z.string(),
  content: z.string().optional(),
  sha: z.string().optional(),
  branch: z.string().optional(),
  author: z.object({ name: z.string(), email: z.string() }).optional(),
});

/** Adds the routes that read and write single files. */
export function addContentRoutes(
  router: FetchRouter,
  context: GithubContext,
): void {
  const { urls } = context;
  const path = '/api/v3/repos/:owner/:repo/contents/*';
  router
    .on(
      'GET',
      path,
      inRepository(context, async call => readContents(call, urls)),
    )
    .on(
      'PUT',
      path,
      inRepository(context, async call => writeContents(call, context)),
    )
    .on(
      'DELETE',
      path,
      inRepository(context, async call => writeContents(call, context)),
    );
}

async function readContents(
  call: RepositoryCall,
  urls: GithubUrls,
): Promise<Response> {
  const { request, repository, params, url } = call;
  const record = repository.record.value;
  const ref = url.searchParams.get('ref') ?? record.defaultBranch;
  const commit = await repository.git.resolve(ref);
  const entry = commit && (await repository.git.entry(commit, params.rest));
  if (!commit || !entry) {
    return githubError(404, 'Not Found');
  }
  const etag = `"${entry.sha}"`;
  if (request.headers.get('if-none-match') === etag) {
    return new Response(undefined, { status: 304, headers: { etag } });
  }
  const present = (one: TreeEntry) => presentEntry({ one, ref, record, urls });
  if (entry.type === 'tree') {
    const below = await repository.git.entries(entry.sha);
    const folder = entry.path === '' ? '' : `${entry.path}/`;
    return Response.json(
      below.map(one => present({ ...one, path: `${folder}${one.path}` })),
      { headers: { etag } },
    );
  }
  const bytes = await repository.git.blob(entry.sha);
  if ((request.headers.get('accept') ?? '').includes('raw')) {
    const [last] = await readCommits(repository.git, {
      range: commit,
      path: entry.path,
      limit: 1,
    });
    return new Response(new Uint8Array(bytes), {
      headers: {
        'content-type': 'application/vnd.github.v3.raw; charset=utf-8',
        etag,
        ...(last
          ? { 'last-modified': new Date(last.committer.date).toUTCString() }
          : {}),
      },
    });
  }
  return Response.json(
    {
      ...present({ ...entry, size: bytes.length }),
      encoding: 'base64',
      content: bytes.toString('base64'),
    },
    { headers: { etag } },
  );
}

async function writeContents(
  call: RepositoryCall,
  context: GithubContext,
): Promise<Response> {
  const { request, repository, params, login = 'unknown' } = call;
  const wanted = await parseJsonBody(fileChange, request);
  const removes = request.method === 'DELETE';
  if (!removes && wanted.content === undefined) {
    return githubError(422, 'Invalid request. "content" was not supplied.');
  }
  const record = repository.record.value;
  const branch = wanted.branch ?? record.defaultBranch;
  const { repositories, urls, clock } = context;
  return repositories.change({
    repository,
    pusher: login,
    run: async () => {
      const head = await repository.git.resolve(branch);
      const old = head
        ? await repository.git.entry(head, params.rest)
        : undefined;
      if (old?.sha !== wanted.sha) {
        return githubError(409, `${params.rest} does not match ${wanted.sha}`);
      }
      const sha = await commitFiles(repository.git, {
        branch,
        message: wanted.message,
        author: {
          name: wanted.author?.name ?? login,
          email: wanted.author?.email ?? `${login}@users.noreply.example.com`,
          date: clock.now().toISOString(),
        },
        files: {
          [params.rest]: removes
            ? undefined
            : Buffer.from(wanted.content ?? '', 'base64'),
        },
      });
      const [commit] = await readCommits(repository.git, {
        range: sha,
        limit: 1,
      });
      const entry = await repository.git.entry(sha, params.rest);
      return Response.json(
        {
          content: entry
            ? presentEntry({ one: entry, ref: branch, record, urls })
            : null,
          commit: presentCommit(commit, record, urls),
        },
        { status: old ? 200 : 201 },
      );
    },
  });
}

function presentEntry(options: {
  one: TreeEntry;
  ref: string;
  record: RepositoryRecord;
  urls: GithubUrls;
}): Record<string, unknown> {
  const { one, ref, record, urls } = options;
  const { owner, name } = record;
  const kind = one.type === 'tree' ? 'dir' : 'file';
  const page = one.type === 'tree' ? 'tree' : 'blob';
  return {
    name: one.path.slice(one.path.lastIndexOf('/') + 1),
    path: one.path,
    sha: one.sha,
    size: one.size ?? 0,
    type: kind,
    url: `${urls.api(
      'repos',
      owner,
      name,
      'contents',
      one.path,
    )}?ref=${encodeURIComponent(ref)}`,
    html_url: urls.page(owner, name, page, ref, one.path),
  };
}
