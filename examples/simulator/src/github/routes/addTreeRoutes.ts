// SPDX-License-Identifier: Apache-2.0
import { FetchRouter } from '../../http/FetchRouter';
import { GithubContext, inRepository, RepositoryCall } from '../GithubContext';
import { githubError } from '../githubError';
import type { GithubUrls } from '../GithubUrls';

const SHA = /^[0-9a-f]{40}$/;

/** Adds the routes that read many files at once: trees, blobs and archives. */
export function addTreeRoutes(
  router: FetchRouter,
  context: GithubContext,
): void {
  const { urls } = context;
  router
    .on(
      'GET',
      '/api/v3/repos/:owner/:repo/git/trees/:ref',
      inRepository(context, async call => readTree(call, urls)),
    )
    .on(
      'GET',
      '/api/v3/repos/:owner/:repo/git/blobs/:sha',
      inRepository(context, async ({ repository, params }) => {
        if (!SHA.test(params.sha)) {
          return githubError(404, 'Not Found');
        }
        const bytes = await repository.git.blob(params.sha);
        return Response.json({
          sha: params.sha,
          size: bytes.length,
          encoding: 'base64',
          content: bytes.toString('base64'),
        });
      }),
    )
    .on(
      'GET',
      '/api/v3/repos/:owner/:repo/tarball/*',
      inRepository(context, async call => archive(call, 'tar.gz')),
    )
    .on(
      'GET',
      '/api/v3/repos/:owner/:repo/zipball/*',
      inRepository(context, async call => archive(call, 'zip')),
    );
}

async function readTree(
  call: RepositoryCall,
  urls: GithubUrls,
): Promise<Response> {
  const { repository, params, url } = call;
  const { owner, name } = repository.record.value;
  const commit = await repository.git.resolve(params.ref);
  const root = commit && (await repository.git.entry(commit, ''));
  const sha = root ? root.sha : params.ref;
  if (!root && !SHA.test(sha)) {
    return githubError(404, 'Not Found');
  }
  const recursive = url.searchParams.has('recursive');
  const entries = await repository.git.entries(sha, { recursive });
  const api = (kind: string, id: string) =>
    urls.api('repos', owner, name, 'git', kind, id);
  return Response.json({
    sha,
    url: api('trees', sha),
    truncated: false,
    tree: entries.map(entry => ({
      ...entry,
      url: api(entry.type === 'tree' ? 'trees' : 'blobs', entry.sha),
    })),
  });
}

async function archive(
  call: RepositoryCall,
  format: 'tar.gz' | 'zip',
): Promise<Response> {
  const { repository, params } = call;
  const { owner, name, defaultBranch } = repository.record.value;
  const ref = params.rest || defaultBranch;
  const commit = await repository.git.resolve(ref);
  if (!commit) {
    return githubError(404, 'Not Found');
  }
  const folder = `${owner}-${name}-${commit.slice(0, 7)}`;
  const bytes = await repository.git.archive({ commit, format, folder });
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type':
        format === 'zip' ? 'application/zip' : 'application/x-gzip',
      'content-disposition': `attachment; filename=${folder}.${format}`,
    },
  });
}
