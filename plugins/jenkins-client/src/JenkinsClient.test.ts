// SPDX-License-Identifier: Apache-2.0
import { setupServer } from 'msw/node';
import { JobDefinition } from './config/JobDefinition';
import { JenkinsClient } from './JenkinsClient';
import { FakeJenkins, jenkinsHandlers } from './testUtils';

const BASE = 'http://jenkins.test/ci';
const SECRET = 'a-very-secret-token';
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const chart: JobDefinition = {
  gitUrl: 'http://git.test/northwind/orders-chart.git',
  branch: 'main',
  triggers: { githubPush: true },
};

function start(options: { apiToken?: string; timeoutMs?: number } = {}) {
  let now = Date.parse('2026-03-02T10:00:00Z');
  const fake = new FakeJenkins({
    clock: { now: () => new Date(now) },
    url: BASE,
    users: { backstage: SECRET },
  });
  server.use(...jenkinsHandlers(fake));
  const client = JenkinsClient.create({
    baseUrl: `${BASE}/`,
    username: 'backstage',
    apiToken: SECRET,
    ...options,
  });
  return {
    fake,
    client,
    advance: (ms: number) => {
      now += ms;
    },
  };
}

async function startWithChartJob() {
  const started = start();
  await started.client.applyFolder('orders');
  await started.client.applyJob('orders/chart', chart);
  return started;
}

describe('applying folders and jobs', () => {
  it('creates, finds nothing to do, and updates', async () => {
    const { client, fake } = start();
    const url = `${BASE}/job/orders/job/chart/`;
    expect(await client.applyFolder('orders', { dryRun: true })).toMatchObject({
      outcome: 'created',
    });
    expect(fake.itemNames()).toEqual([]);
    expect(await client.applyFolder('orders')).toEqual({
      outcome: 'created',
      url: `${BASE}/job/orders/`,
    });
    expect(await client.applyFolder('orders')).toMatchObject({
      outcome: 'unchanged',
    });
    expect(await client.applyJob('orders/chart', chart)).toEqual({
      outcome: 'created',
      url,
    });
    expect(await client.applyJob('orders/chart', chart)).toEqual({
      outcome: 'unchanged',
      url,
    });
    const changed = { ...chart, branch: 'trunk' };
    for (const dryRun of [true, false]) {
      expect(
        await client.applyJob('orders/chart', changed, { dryRun }),
      ).toEqual({ outcome: 'updated', url, fields: ['branch'] });
    }
    expect(await client.applyJob('orders/chart', changed)).toMatchObject({
      outcome: 'unchanged',
    });
    expect(await client.listJobs('orders')).toEqual([
      { kind: 'job', name: 'chart', fullName: 'orders/chart', url },
    ]);
    expect(await client.findJob('orders')).toMatchObject({ kind: 'folder' });
  });

  it('says what stands in the way', async () => {
    const { client } = await startWithChartJob();
    await expect(client.applyFolder('orders/chart')).rejects.toThrow(
      "jenkins.test has a job named 'orders/chart'",
    );
    await expect(client.applyJob('orders', chart)).rejects.toThrow(
      'does not run a Jenkinsfile',
    );
    await expect(client.applyJob('nowhere/chart', chart)).rejects.toThrow(
      "has no folder 'nowhere'",
    );
    const xml = (await client.findConfig('orders/chart')) ?? '';
    await expect(client.createItem('orders/chart', xml)).rejects.toThrow(
      'already exists',
    );
  });
});

describe('builds', () => {
  it('follows a build from the queue to its results', async () => {
    const { client, fake, advance } = await startWithChartJob();
    let finish = () => {};
    fake.scripts.add('orders/chart', {
      commit: 'a'.repeat(40),
      stages: ['Lint', 'Package'],
      console: 'packaged ✓\n',
      artifacts: { 'delivery-release.json': { number: 44 } },
      tests: { passed: 5, failed: 1, skipped: 2 },
      until: new Promise(resolve => {
        finish = resolve;
      }),
    });
    fake.quietDown(true);
    const first = await client.triggerBuild('orders/chart');
    const second = await client.triggerBuild('orders/chart');
    expect(second).toEqual(first);
    expect(await client.getQueueItem(first.queueId)).toMatchObject({
      kind: 'queued',
    });

    fake.quietDown(false);
    expect(await client.getQueueItem(first.queueId)).toEqual({
      kind: 'started',
      number: 1,
    });
    const running = await client.findBuild('orders/chart', 1);
    expect(running).toMatchObject({ building: true, queueId: first.queueId });
    expect(running?.result).toBeUndefined();
    expect(await client.findStages('orders/chart', 1)).toMatchObject([
      { name: 'Lint', state: 'success' },
      { name: 'Package', state: 'running' },
    ]);
    const before = await client.readConsole('orders/chart', 1);
    expect(before).toMatchObject({ more: true });

    advance(1500);
    finish();
    await fake.idle();
    expect(await client.findBuild('orders/chart', 1)).toEqual({
      number: 1,
      url: `${BASE}/job/orders/job/chart/1/`,
      building: false,
      result: 'SUCCESS',
      startedAt: new Date('2026-03-02T10:00:00Z'),
      durationMs: 1500,
      queueId: first.queueId,
      parameters: {},
      commit: 'a'.repeat(40),
      branch: 'origin/main',
      causes: ['Started by user backstage', 'Started by user backstage'],
      artifacts: ['delivery-release.json'],
    });
    expect(await client.findTestCounts('orders/chart', 1)).toEqual({
      passed: 5,
      failed: 1,
      skipped: 2,
    });
    expect(
      await client.findArtifact('orders/chart', 1, {
        path: 'delivery-release.json',
      }),
    ).toEqual(Buffer.from('{"number":44}'));
    const after = await client.readConsole('orders/chart', 1, {
      start: before?.next,
    });
    expect(after).toMatchObject({
      text: 'packaged ✓\nFinished: SUCCESS\n',
      more: false,
    });

    advance(5 * 60_000);
    expect(await client.getQueueItem(first.queueId)).toEqual({
      kind: 'forgotten',
    });
  });

  it('lists the newest builds only, one job at a time', async () => {
    const { client, fake } = await startWithChartJob();
    for (let i = 0; i < 5; i++) {
      fake.build('orders/chart');
      await fake.idle();
    }
    const numbers = async (limit: number, offset?: number) =>
      (await client.listBuilds('orders/chart', { limit, offset }))?.map(
        build => build.number,
      );
    expect(await numbers(3)).toEqual([5, 4, 3]);
    expect(await numbers(3, 3)).toEqual([2, 1]);
    expect(await client.listBuilds('orders/none', { limit: 3 })).toBe(
      undefined,
    );
  });

  it('answers absence with undefined', async () => {
    const { client, fake } = await startWithChartJob();
    fake.build('orders/chart');
    await fake.idle();
    expect(await client.findJob('orders/none')).toBe(undefined);
    expect(await client.findBuild('orders/chart', 9)).toBe(undefined);
    expect(await client.findTestCounts('orders/chart', 1)).toBe(undefined);
    expect(await client.findStages('orders/chart', 9)).toBe(undefined);
    expect(await client.readConsole('orders/chart', 9)).toBe(undefined);
    expect(
      await client.findArtifact('orders/chart', 1, { path: 'none.json' }),
    ).toBe(undefined);
    await expect(client.triggerBuild('orders/none')).rejects.toThrow(
      "has no job 'orders/none'",
    );
  });

  it('falls back to the older way to ask for stages', async () => {
    const { fake } = await startWithChartJob();
    fake.scripts.add('orders/chart', {
      stages: ['Lint', 'Package'],
      result: 'FAILURE',
    });
    fake.build('orders/chart');
    await fake.idle();
    const older = JenkinsClient.create({
      baseUrl: BASE,
      username: 'backstage',
      apiToken: SECRET,
      fetch: async (input, init) =>
        String(input).endsWith('/stages/tree')
          ? new Response(null, { status: 404 })
          : fake.handle(new Request(input, init)),
    });
    expect(await older.findStages('orders/chart', 1)).toMatchObject([
      { name: 'Lint', state: 'success', durationMs: 0 },
      { name: 'Package', state: 'failure' },
    ]);
  });

  it('chooses the way to trigger that Jenkins wants for parameters', async () => {
    const { client, fake } = await startWithChartJob();
    const xml = (await client.findConfig('orders/chart')) ?? '';
    await client.updateConfig(
      'orders/chart',
      xml.replace(
        '<properties>',
        '<properties><hudson.model.ParametersDefinitionProperty><parameterDefinitions><hudson.model.StringParameterDefinition><name>promotionId</name></hudson.model.StringParameterDefinition></parameterDefinitions></hudson.model.ParametersDefinitionProperty>',
      ),
    );
    await client.triggerBuild('orders/chart', {
      parameters: { promotionId: 'p 1&2', undefinedHere: 'x' },
    });
    await fake.idle();
    expect(await client.findBuild('orders/chart', 1)).toMatchObject({
      parameters: { promotionId: 'p 1&2' },
    });
    await client.updateConfig(
      'orders/chart',
      xml.replace('<disabled>false', '<disabled>true'),
    );
    await expect(client.triggerBuild('orders/chart')).rejects.toThrow(
      'enable it in Jenkins',
    );
  });
});

describe('faults', () => {
  it.each<[string, (s: ReturnType<typeof start>) => void, string, RegExp]>([
    [
      'a controller that is down',
      ({ fake }) => fake.setFault({ kind: 'down' }),
      'ServiceUnavailableError',
      /jenkins\.test cannot be reached/,
    ],
    [
      'an error of the controller',
      ({ fake }) => fake.setFault({ kind: 'error', status: 500 }),
      'ServiceUnavailableError',
      /jenkins\.test answered 500 to GET/,
    ],
    [
      'a redirect',
      ({ fake }) => fake.setFault({ kind: 'error', status: 302 }),
      'ServiceUnavailableError',
      /redirects .* check that baseUrl/,
    ],
    [
      'a missing permission',
      ({ fake }) => fake.setFault({ kind: 'error', status: 403 }),
      'NotAllowedError',
      /does not let 'backstage'/,
    ],
    [
      'an answer that is no JSON',
      ({ fake }) => fake.setFault({ kind: 'error', status: 200 }),
      'ServiceUnavailableError',
      /not JSON; check that baseUrl/,
    ],
    [
      'silence',
      ({ fake }) => fake.setFault({ kind: 'slow', milliseconds: 60_000 }),
      'ServiceUnavailableError',
      /did not answer within 0.05 seconds/,
    ],
  ])('explains %s without the secret', async (_, fail, name, message) => {
    const started = start({ timeoutMs: 50 });
    fail(started);
    const error = await started.client.findJob('orders').catch(e => e);
    expect(error).toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
    expect(`${error} ${error.cause} ${error.stack}`).not.toContain(SECRET);
  });

  it('explains a wrong token', async () => {
    const { client } = start({ apiToken: 'wrong' });
    await expect(client.findJob('orders')).rejects.toThrow(
      "Jenkins at jenkins.test refused the API token of 'backstage' (401)",
    );
  });

  it('stops when asked to', async () => {
    const { client, fake } = start();
    fake.setFault({ kind: 'slow', milliseconds: 60_000 });
    const control = new AbortController();
    const answer = client.findJob('orders', { signal: control.signal });
    control.abort(new Error('shutting down'));
    await expect(answer).rejects.toThrow('shutting down');
  });

  it('reads no artifact beyond the limit', async () => {
    const { client, fake } = await startWithChartJob();
    fake.scripts.add('orders/chart', {
      artifacts: { 'big.json': 'x'.repeat(2000) },
    });
    fake.build('orders/chart');
    await fake.idle();
    await expect(
      client.findArtifact('orders/chart', 1, {
        path: 'big.json',
        maxBytes: 1000,
      }),
    ).rejects.toThrow('larger than 1000 bytes');
  });

  it('sends nothing for a path that could leave the folder', async () => {
    const { client, fake } = start();
    await expect(client.findJob('orders/../secret')).rejects.toThrow(
      "'..' part",
    );
    await expect(
      client.findArtifact('orders', 1, { path: '../../config.xml' }),
    ).rejects.toThrow("'..' part");
    expect(fake.requests).toEqual([]);
  });

  it('refuses an address with credentials or without http', () => {
    const create = (baseUrl: string) => () =>
      JenkinsClient.create({ baseUrl, username: 'u', apiToken: 't' });
    expect(create('https://u:p@jenkins.test')).toThrow(/must not carry/);
    expect(create('jenkins.test')).toThrow(/http or https address/);
  });
});
