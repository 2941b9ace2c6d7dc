// SPDX-License-Identifier: Apache-2.0
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { UrlReaders } from '@backstage/backend-defaults/urlReader';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { createPublishGithubAction } from '@backstage/plugin-scaffolder-backend-module-github';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { AdjustableClock } from '../clock';
import { gitEnvironment } from '../git/runGit';
import type { RunningForge } from '../forge/startForge';
import { startGithub } from './startGithub';

const run = promisify(execFile);
const TOKEN = 'token-of-the-portal';

// Each story starts real git processes.
jest.setTimeout(30_000);

describe('the simulated GitHub', () => {
  let stop: AbortController;
  let directory: string;
  let github: RunningForge;

  async function start(webhooks: string[] = []): Promise<RunningForge> {
    return startGithub({
      port: 0,
      dataDir: join(directory, 'data'),
      clock: new AdjustableClock(),
      accounts: [{ login: 'backstage', token: TOKEN }],
      webhooks: () => webhooks,
      signal: stop.signal,
      log: () => {},
    });
  }

  beforeEach(async () => {
    stop = new AbortController();
    directory = await mkdtemp(join(tmpdir(), 'simulated-github-'));
    github = await start();
  });

  afterEach(async () => {
    stop.abort();
    await github.closed;
    await rm(directory, { recursive: true, force: true });
  });

  const config = () => {
    const host = new URL(github.url).host;
    return new ConfigReader({
      integrations: {
        github: [{ host, apiBaseUrl: `${github.url}/api/v3`, token: TOKEN }],
      },
      scaffolder: {
        defaultAuthor: { name: 'Portal', email: 'portal@example.com' },
      },
    });
  };

  async function publish(name: string, files: Record<string, string>) {
    const workspacePath = await mkdtemp(join(directory, 'workspace-'));
    for (const [path, content] of Object.entries(files)) {
      await mkdir(join(workspacePath, path, '..'), { recursive: true });
      await writeFile(join(workspacePath, path), content);
    }
    const action = createPublishGithubAction({
      integrations: ScmIntegrations.fromConfig(config()),
      config: config(),
    });
    const output = jest.fn();
    await action.handler({
      ...createMockActionContext({
        workspacePath,
        input: {
          repoUrl: `${new URL(github.url).host}?owner=northwind&repo=${name}`,
          defaultBranch: 'main',
          protectDefaultBranch: false,
          description: 'Takes orders',
          topics: ['delivery'],
        },
      }),
      output,
    });
    return Object.fromEntries(output.mock.calls);
  }

  const api = (path: string, init?: RequestInit) =>
    fetch(`${github.url}/api/v3${path}`, {
      ...init,
      headers: {
        authorization: `token ${TOKEN}`,
        'content-type': 'application/json',
        ...init?.headers,
      },
    });

  async function git(args: string[], cwd: string): Promise<string> {
    const { stdout } = await run('git', args, {
      cwd,
      env: {
        ...gitEnvironment(),
        GIT_AUTHOR_NAME: 'Ben',
        GIT_AUTHOR_EMAIL: 'ben@example.com',
        GIT_COMMITTER_NAME: 'Ben',
        GIT_COMMITTER_EMAIL: 'ben@example.com',
      },
    });
    return stdout.trim();
  }

  const cloneUrl = (name: string) =>
    `${github.url.replace(
      '//',
      `//x-access-token:${TOKEN}@`,
    )}/northwind/${name}.git`;

  it("takes what Backstage's publish action sends, and its URL reader reads it", async () => {
    const published = await publish('orders', {
      'catalog-info.yaml': 'kind: Component\n',
      'ci/test.sh': 'echo tested\n',
      'docs/index.md': '# Orders\n',
    });
    expect(published.remoteUrl).toBe(`${github.url}/northwind/orders.git`);
    expect(published.repoContentsUrl).toBe(
      `${github.url}/northwind/orders/blob/main`,
    );
    expect(published.commitHash).toMatch(/^[0-9a-f]{40}$/);

    const reader = UrlReaders.default({
      config: config(),
      logger: mockServices.logger.mock(),
    });
    const file = await reader.readUrl(
      `${published.repoContentsUrl}/catalog-info.yaml`,
    );
    expect((await file.buffer()).toString()).toBe('kind: Component\n');
    await expect(
      reader.readUrl(`${published.repoContentsUrl}/catalog-info.yaml`, {
        etag: file.etag,
      }),
    ).rejects.toThrow(expect.objectContaining({ name: 'NotModifiedError' }));

    const tree = await reader.readTree(
      `${github.url}/northwind/orders/tree/main/ci`,
    );
    expect(tree.etag).toBe(published.commitHash);
    expect((await tree.files()).map(({ path }) => path)).toEqual(['test.sh']);

    const found = await reader.search(
      `${github.url}/northwind/orders/blob/main/**/*.md`,
    );
    expect(found.files.map(({ url }) => url)).toEqual([
      `${github.url}/northwind/orders/blob/main/docs/index.md`,
    ]);
    expect(String(await found.files[0].content())).toBe('# Orders\n');

    await expect(
      reader.readUrl(`${published.repoContentsUrl}/absent.yaml`),
    ).rejects.toThrow(expect.objectContaining({ name: 'NotFoundError' }));
    await expect(publish('orders', { a: 'b' })).rejects.toThrow(
      /name already exists on this account/,
    );
  });

  it('keeps what was pushed when it is started again', async () => {
    await publish('orders', { 'README.md': 'first\n' });
    stop.abort();
    await github.closed;
    stop = new AbortController();
    github = await start();

    const checkout = join(directory, 'checkout');
    await git(['clone', '--quiet', cloneUrl('orders'), checkout], directory);
    await expect(readFile(join(checkout, 'README.md'), 'utf8')).resolves.toBe(
      'first\n',
    );
  });

  it('tells its webhooks of a push by the git command, once', async () => {
    const heard: { event: unknown; body: string }[] = [];
    let ring: () => void = () => {};
    const rung = new Promise<void>(resolve => {
      ring = resolve;
    });
    const listener = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) {
        chunks.push(chunk);
      }
      heard.push({
        event: request.headers['x-github-event'],
        body: Buffer.concat(chunks).toString(),
      });
      response.end();
      ring();
    });
    await new Promise<void>(resolve => {
      listener.listen(0, 'localhost', resolve);
    });
    stop.signal.addEventListener('abort', () => listener.close());
    const address = listener.address();
    const port = typeof address === 'object' && address ? address.port : 0;

    await publish('orders', { 'README.md': 'first\n' });
    await api('/repos/northwind/orders/hooks', {
      method: 'POST',
      body: JSON.stringify({
        config: { url: `http://localhost:${port}/github-webhook/` },
      }),
    });
    const checkout = join(directory, 'checkout');
    await git(['clone', '--quiet', cloneUrl('orders'), checkout], directory);
    const before = await git(['rev-parse', 'HEAD'], checkout);
    await writeFile(join(checkout, 'README.md'), 'second\n');
    await git(['commit', '--quiet', '-am', 'Say more'], checkout);
    await git(['push', '--quiet', 'origin', 'main'], checkout);
    const after = await git(['rev-parse', 'HEAD'], checkout);
    await rung;

    expect(heard).toHaveLength(1);
    expect(heard[0].event).toBe('push');
    expect(JSON.parse(heard[0].body)).toMatchObject({
      ref: 'refs/heads/main',
      before,
      after,
      commits: [{ id: after, message: 'Say more' }],
      repository: {
        full_name: 'northwind/orders',
        clone_url: `${github.url}/northwind/orders.git`,
      },
      pusher: { name: 'backstage' },
    });
  });

  it('lets nobody push or read a private repository without a token', async () => {
    await publish('orders', { 'README.md': 'first\n' });
    const anonymous = `${github.url}/northwind/orders.git`;
    await expect(
      git(['clone', '--quiet', anonymous, 'nothing'], directory),
    ).rejects.toThrow(/Authentication failed|could not read Username/);
    const missing = await fetch(`${github.url}/api/v3/repos/northwind/orders`);
    expect(missing.status).toBe(404);
    const wrong = await api('/repos/northwind/orders', {
      headers: { authorization: 'token wrong' },
    });
    expect(wrong.status).toBe(401);
  });

  it('writes files, shows commits, statuses and comparisons, and merges', async () => {
    await publish('orders', { 'README.md': 'first\n' });
    const base = '/repos/northwind/orders';
    const repository = await (await api(base)).json();
    expect(repository).toMatchObject({
      full_name: 'northwind/orders',
      default_branch: 'main',
      description: 'Takes orders',
      topics: ['delivery'],
    });

    const readme = await (await api(`${base}/contents/README.md`)).json();
    expect(Buffer.from(readme.content, 'base64').toString()).toBe('first\n');
    const stale = await api(`${base}/contents/README.md`, {
      method: 'PUT',
      body: JSON.stringify({ message: 'No', content: '', sha: 'f'.repeat(40) }),
    });
    expect(stale.status).toBe(409);
    const written = await api(`${base}/contents/README.md`, {
      method: 'PUT',
      body: JSON.stringify({
        message: 'Say more',
        content: Buffer.from('second\n').toString('base64'),
        sha: readme.sha,
      }),
    });
    expect(written.status).toBe(200);
    const { commit } = await written.json();

    const commits = await (await api(`${base}/commits?per_page=1`)).json();
    expect(commits).toEqual([expect.objectContaining({ sha: commit.sha })]);
    const compared = await (
      await api(`${base}/compare/${commit.parents[0].sha}...main`)
    ).json();
    expect(compared).toMatchObject({
      status: 'ahead',
      ahead_by: 1,
      files: [{ filename: 'README.md', status: 'modified', changes: 2 }],
    });

    for (const state of ['pending', 'success']) {
      const response = await api(`${base}/statuses/${commit.sha}`, {
        method: 'POST',
        body: JSON.stringify({ state, context: 'image' }),
      });
      expect(response.status).toBe(201);
    }
    const combined = await (await api(`${base}/commits/main/status`)).json();
    expect(combined).toMatchObject({
      state: 'success',
      sha: commit.sha,
      total_count: 1,
    });

    const checkout = join(directory, 'checkout');
    await git(['clone', '--quiet', cloneUrl('orders'), checkout], directory);
    await git(['checkout', '--quiet', '-b', 'more'], checkout);
    await writeFile(join(checkout, 'more.txt'), 'more\n');
    await git(['add', '.'], checkout);
    await git(['commit', '--quiet', '-m', 'Add more'], checkout);
    await git(['push', '--quiet', 'origin', 'more'], checkout);
    const opened = await api(`${base}/pulls`, {
      method: 'POST',
      body: JSON.stringify({ title: 'More', head: 'more', base: 'main' }),
    });
    expect(opened.status).toBe(201);
    const merged = await api(`${base}/pulls/1/merge`, { method: 'PUT' });
    expect(merged.status).toBe(200);
    const more = await api(`${base}/contents/more.txt?ref=main`);
    expect(more.status).toBe(200);
  });

  it('shows a page for each address that its answers name', async () => {
    await publish('orders', { 'README.md': '<b>first</b>\n' });
    const page = async (path: string) => {
      const response = await fetch(`${github.url}${path}`);
      return { status: response.status, text: await response.text() };
    };
    const [{ sha }] = await (
      await api('/repos/northwind/orders/commits')
    ).json();
    await expect(page('/northwind/orders')).resolves.toMatchObject({
      status: 200,
      text: expect.stringContaining('README.md'),
    });
    await expect(
      page('/northwind/orders/blob/main/README.md'),
    ).resolves.toMatchObject({
      text: expect.stringContaining('&lt;b&gt;first&lt;/b&gt;'),
    });
    await expect(
      page(`/northwind/orders/commit/${sha}`),
    ).resolves.toMatchObject({
      text: expect.stringContaining('initial commit'),
    });
    await expect(page('/northwind/absent')).resolves.toMatchObject({
      status: 404,
    });
  });
});
