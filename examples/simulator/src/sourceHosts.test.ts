// SPDX-License-Identifier: Apache-2.0
import { chmodSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { JsonObject, JsonValue } from '@backstage/types';
import {
  createRepositoryPublishAction,
  createRepositoryPullRequestAction,
} from 'backstage-plugin-scaffolder-backend-module-delivery';
import { HOSTED, HOSTS } from './__testUtils__/HostedRepositories';
import {
  integrationsOf,
  SECRET,
  simulatedHosts,
} from './__testUtils__/sourceHostSettings';
import { useBitbucketCloud } from './__testUtils__/useBitbucketCloud';
import { AdjustableClock } from './clock';
import { readSimulatorConfig, REPOSITORY_HOSTS } from './config';
import { startSimulator, type RunningSimulator } from './startSimulator';

jest.setTimeout(60_000);

/** What every source host does, whatever its type; Git and the REST APIs are spoken for real. */
describe.each(HOSTS)('repositories on %s', on => {
  const workspace = createMockDirectory();
  const stop = new AbortController();
  let directory: string;
  let simulator: RunningSimulator;
  useBitbucketCloud(() => simulator);
  const hosted = () => HOSTED[on]({ simulator });

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'simulator-hosts-'));
    simulator = await startSimulator({
      config: readSimulatorConfig({
        dataDir: directory,
        vendors: [...REPOSITORY_HOSTS],
        ...simulatedHosts(),
      }),
      clock: new AdjustableClock(),
      signal: stop.signal,
      log: () => {},
    });
  });

  afterAll(async () => {
    stop.abort();
    await simulator.stopped;
    await rm(directory, { recursive: true, force: true });
  });

  function config(token: string) {
    return mockServices.rootConfig({
      data: { integrations: integrationsOf(simulator, token) },
    });
  }

  async function run(
    kind: 'publish' | 'pull-request',
    input: { repository: string; organisation?: string },
    token = SECRET,
  ) {
    const output: Record<string, JsonValue | undefined> = {};
    const logger = mockServices.logger.mock();
    const { sourceHost, organisation } = hosted();
    const context = <T extends JsonObject>(given: T) => ({
      ...createMockActionContext({
        workspacePath: workspace.path,
        input: { sourceHost, organisation, sourcePath: 'source', ...given },
      }),
      logger,
      output: (name: string, value?: JsonValue) => {
        output[name] = value;
      },
    });
    if (kind === 'publish') {
      await createRepositoryPublishAction({ config: config(token) }).handler(
        context({ ...input, commitMessage: 'Start the service' }),
      );
    } else {
      await createRepositoryPullRequestAction({
        config: config(token),
      }).handler(
        context({
          ...input,
          branchName: 'delivery/adopt',
          title: 'Take these files',
          description: 'What they are for',
        }),
      );
    }
    const said = logger.info.mock.calls.map(([line]) => String(line));
    expect(said.join()).not.toContain(SECRET);
    return { output, said };
  }

  const files = (content = 'kind: Component\n') => {
    workspace.setContent({
      source: { 'catalog-info.yaml': content, ci: { 'test.sh': 'true\n' } },
    });
    chmodSync(workspace.resolve('source/ci/test.sh'), 0o755);
  };

  it.each(['absent', 'empty'])('makes one that is %s', async before => {
    files();
    const name = `made-${before}`;
    if (before === 'empty') {
      await hosted().make(name, {});
    }
    const { output } = await run('publish', { repository: name });
    expect(output).toMatchObject({
      remoteUrl: hosted().gitUrl(name),
      repoContentsUrl: hosted().contents(name),
      commitHash: expect.stringMatching(/^[0-9a-f]{40}$/),
    });
    expect(await hosted().read(name, 'ci/test.sh', 'main')).toBe('true\n');

    const again = await run('publish', { repository: name });
    expect(again.said.join()).toContain('is there already');
    expect(again.output).toMatchObject({
      remoteUrl: output.remoteUrl,
      repoContentsUrl: output.repoContentsUrl,
    });
  });

  it('opens one pull request, keeps what people added to it, and none for nothing', async () => {
    files('kind: Component # by hand\n');
    await hosted().make('orders', { 'README.md': 'Orders\n' });
    const { output } = await run('pull-request', { repository: 'orders' });
    await hosted().add('orders', 'NOTES.md', 'delivery/adopt');
    files('kind: Component # better\n');
    const again = await run('pull-request', { repository: 'orders' });
    expect(again.output).toEqual(output);
    const [pull, ...others] = await hosted().pulls('orders');
    expect(others).toEqual([]);
    expect(pull).toMatchObject({ url: output.remoteUrl, state: 'open' });
    const read = (path: string, ref: string) =>
      hosted().read('orders', path, ref);
    expect(await read('NOTES.md', 'delivery/adopt')).toBe('By hand\n');
    expect(await read('catalog-info.yaml', 'delivery/adopt')).toContain(
      'better',
    );

    const checkout = hosted().checkout('orders');
    expect(await checkout.modes('delivery/adopt')).toEqual({
      'NOTES.md': '100644',
      'README.md': '100644',
      'catalog-info.yaml': '100644',
      'ci/test.sh': '100755',
    });

    await hosted().merge('orders', 1);
    expect(await read('ci/test.sh', 'main')).toBe('true\n');
    const merged = await run('pull-request', { repository: 'orders' });
    expect(merged.output).toEqual({});
    expect(await hosted().pulls('orders')).toHaveLength(1);
  });

  it('says that the credentials are refused, and never what they are', async () => {
    files();
    const refused = run('publish', { repository: 'mine' }, 'wrong-canary');
    await expect(refused).rejects.toThrow(
      /refused the portal's credentials \(401\) when asking .* check integrations\.\w+$/,
    );
    await expect(refused).rejects.not.toThrow(/canary/);
  });

  it('makes nothing where there is no such organisation or group', async () => {
    files();
    await expect(
      run('publish', { repository: 'orders', organisation: 'nobody' }),
    ).rejects.toThrow();
  });
});
