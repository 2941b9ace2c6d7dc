// SPDX-License-Identifier: Apache-2.0
import { serveSmartHttp } from '../git/serveSmartHttp';
import { gitPathOf, type Forge, type ForgeContext } from './Forge';

const GIT_PATH =
  /^(.+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/;

/**
 * Answers git's own requests, or nothing when the request is not one of git.
 *
 * @remarks
 * A push needs a token, and so does reading a private repository; git asks its user again
 * when it is told 401.
 */
export async function handleGit(
  request: Request,
  context: Pick<ForgeContext, 'accounts' | 'repositories'> & {
    forge: Pick<Forge, 'gitPath'>;
  },
): Promise<Response | undefined> {
  const url = new URL(request.url);
  const found = GIT_PATH.exec(url.pathname);
  if (!found) {
    return undefined;
  }
  const [, path, action] = found.map(decodeURIComponent);
  const service = action === 'info/refs' ? serviceOf(url) : action;
  const login = context.accounts.loginOf(request);
  const repository = context.repositories
    .list()
    .find(
      ({ record }) =>
        gitPathOf(context.forge, record.value).replace(/\.git$/, '') === path,
    );
  const open = repository?.record.value.private === false;
  if (!login && !(open && service === 'git-upload-pack')) {
    return new Response('Authentication is needed\n', {
      status: 401,
      headers: { 'www-authenticate': 'Basic realm="Git"' },
    });
  }
  if (!repository) {
    return new Response('Repository not found.\n', { status: 404 });
  }
  const { owner, name } = repository.record.value;
  const serve = () =>
    serveSmartHttp({
      request,
      projectRoot: context.repositories.root,
      path: `/${owner}/${name}.git/${action}`,
      user: login,
    });
  if (request.method !== 'POST' || service !== 'git-receive-pack') {
    return serve();
  }
  return context.repositories.change({
    repository,
    pusher: login ?? 'unknown',
    run: async () => settled(await serve()),
  });
}

function serviceOf(url: URL): string {
  return url.searchParams.get('service') ?? 'git-upload-pack';
}

/** A push has happened once git has said all it has to say. */
async function settled(response: Response): Promise<Response> {
  const body = await response.arrayBuffer();
  return new Response(body, {
    status: response.status,
    headers: response.headers,
  });
}
