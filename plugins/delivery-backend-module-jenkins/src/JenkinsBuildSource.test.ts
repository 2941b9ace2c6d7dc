// SPDX-License-Identifier: Apache-2.0
import type {
  ImageRecord,
  ReleaseRecord,
} from 'backstage-plugin-delivery-common';
import type { DeliveredService } from 'backstage-plugin-delivery-node';
import { describeBuildSource } from 'backstage-plugin-delivery-node/testUtils';
import {
  renderFolderConfig,
  renderJobConfig,
} from 'backstage-plugin-jenkins-client';
import {
  FakeJenkins,
  jenkinsHandlers,
} from 'backstage-plugin-jenkins-client/testUtils';
import { setupServer } from 'msw/node';
import { JenkinsBuildSource } from './JenkinsBuildSource';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const digest = (seed: string) => `sha256:${seed.repeat(64).slice(0, 64)}`;
const commit = (seed: string) => seed.repeat(40).slice(0, 40);

function imageRecord(changes: Partial<ImageRecord> = {}): ImageRecord {
  return {
    schema: 'delivery.image/v1',
    image: { name: 'registry.test/orders', tag: '1.0', digest: digest('a') },
    base: { reference: 'node:24', digest: digest('b') },
    source: {
      repository: 'http://git.test/orders.git',
      commit: commit('1'),
      branch: 'main',
    },
    change: 'source',
    commits: [],
    unitTests: { passed: 10, failed: 0, skipped: 1 },
    scan: { critical: 0, high: 1, medium: 2, low: 3 },
    build: { job: 'orders/image', number: 1 },
    builtAt: '2026-03-02T09:58:00Z',
    ...changes,
  };
}

function releaseRecord(
  number: number,
  build: number,
  changes: Partial<ReleaseRecord> = {},
): ReleaseRecord {
  return {
    schema: 'delivery.release/v1',
    service: 'component:default/orders',
    number,
    chart: {
      name: 'orders',
      version: `0.1.${number}`,
      digest: digest('c'),
      repository: 'http://charts.test',
    },
    values: {
      repository: 'http://git.test/orders-chart.git',
      commit: commit('2'),
      files: { dev: digest('d') },
    },
    images: [
      {
        name: 'registry.test/orders',
        tag: '1.0',
        digest: digest('a'),
        builtBy: { job: 'orders/image', number: 1 },
      },
    ],
    change: { kind: 'source', commits: [] },
    build: { job: 'orders/chart', number: build },
    builtAt: '2026-03-02T10:00:00Z',
    ...changes,
  };
}

function serviceOf(
  name: string,
  annotation: string | undefined = name,
): DeliveredService {
  return {
    entityRef: `component:default/${name}`,
    uid: `uid-${name}`,
    name,
    title: name,
    annotations: annotation ? { 'jenkins.io/job-full-name': annotation } : {},
  };
}

function start() {
  let now = Date.parse('2026-03-02T10:00:00Z');
  const jenkins = new FakeJenkins({ clock: { now: () => new Date(now) } });
  server.use(...jenkinsHandlers(jenkins));
  const addFolder = (folder: string) => {
    const git = { gitUrl: `http://git.test/${folder}.git`, branch: 'main' };
    jenkins.createItem(folder, renderFolderConfig({}));
    jenkins.createItem(`${folder}/image`, renderJobConfig(git));
    jenkins.createItem(`${folder}/chart`, renderJobConfig(git));
  };
  const run = async (
    job: string,
    script: Parameters<typeof jenkins.scripts.add>[1],
  ) => {
    now += 60_000;
    jenkins.scripts.add(job, script);
    jenkins.build(job);
    await jenkins.idle();
  };
  addFolder('orders');
  return {
    jenkins,
    addFolder,
    run,
    runImage: (record: unknown = imageRecord()) =>
      run('orders/image', {
        artifacts: { 'delivery-image.json': record },
        tests: { passed: 10, failed: 0, skipped: 1 },
      }),
    runChart: (record: unknown) =>
      run('orders/chart', {
        commit: commit('2'),
        artifacts: { 'delivery-release.json': record },
      }),
    source: JenkinsBuildSource.create({
      instances: [
        {
          name: 'main',
          baseUrl: jenkins.url,
          username: 'delivery',
          apiToken: 'jenkins-token',
        },
      ],
    }),
  };
}

async function bound(
  { source }: Pick<ReturnType<typeof start>, 'source'>,
  since: { build?: number } = {},
) {
  const answer = await source.releases(serviceOf('orders'), since);
  if (answer.state !== 'bound') {
    throw new Error(`${answer.state}: ${answer.reason}`);
  }
  return answer;
}

describeBuildSource('Jenkins', async () => {
  const { source, jenkins, runImage, runChart } = start();
  await runImage();
  await runChart(releaseRecord(2, 1));
  await runChart(releaseRecord(3, 2));
  return {
    source,
    service: serviceOf('orders'),
    foreignService: serviceOf('thief', 'orders'),
    absentService: serviceOf('nothing'),
    takeDown: () => jenkins.setFault({ kind: 'down' }),
  };
});

describe('Releases', () => {
  it('carry the evidence that the image build vouches for', async () => {
    const started = start();
    await started.runImage();
    await started.runChart(releaseRecord(44, 1));
    expect(await bound(started)).toEqual({
      state: 'bound',
      releases: [
        {
          record: releaseRecord(44, 1),
          evidence: {
            unitTests: { passed: 10, failed: 0, skipped: 1 },
            scan: { critical: 0, high: 1, medium: 2, low: 3 },
          },
          buildUrl: 'http://jenkins.test/job/orders/job/chart/1/',
        },
      ],
      problems: [],
      url: 'http://jenkins.test/job/orders/',
    });
  });

  it.each<[string, unknown, Partial<ReleaseRecord>, RegExp]>([
    [
      'another digest',
      imageRecord({
        image: {
          name: 'registry.test/orders',
          tag: '1.0',
          digest: digest('e'),
        },
      }),
      {},
      /vouches for sha256:e+, not for/,
    ],
    [
      'another image',
      imageRecord({
        image: { name: 'registry.test/other', tag: '1.0', digest: digest('a') },
      }),
      {},
      /vouches for the image registry.test\/other/,
    ],
    [
      'another build',
      imageRecord({ build: { job: 'orders/image', number: 7 } }),
      {},
      /names the build orders\/image #7/,
    ],
    ['a broken record', '{', {}, /is not JSON/],
    [
      'a folder that is not its own',
      imageRecord(),
      {
        images: [
          {
            name: 'registry.test/orders',
            tag: '1.0',
            digest: digest('a'),
            builtBy: { job: 'payments/image', number: 1 },
          },
        ],
      },
      /is not a build of orders\/image/,
    ],
    [
      'no build at all',
      imageRecord(),
      {
        images: [
          { name: 'registry.test/orders', tag: '1.0', digest: digest('a') },
        ],
      },
      /no build vouches/,
    ],
    [
      'a build that is gone',
      imageRecord(),
      {
        images: [
          {
            name: 'registry.test/orders',
            tag: '1.0',
            digest: digest('a'),
            builtBy: { job: 'orders/image', number: 99 },
          },
        ],
      },
      /does not have the build orders\/image #99/,
    ],
  ])('have unknown evidence from %s', async (_, image, release, reason) => {
    const started = start();
    await started.runImage(image);
    await started.runChart(releaseRecord(44, 1, release));
    const { releases, problems } = await bound(started);
    expect(releases).toMatchObject([{ evidence: {} }]);
    expect(releases[0].evidence).toEqual({});
    expect(problems).toEqual([
      {
        subject: 'The evidence of Release 44',
        reason: expect.stringMatching(reason),
      },
    ]);
  });

  it('come from builds that succeeded and archived a record', async () => {
    const started = start();
    await started.runImage();
    await started.run('orders/chart', {});
    await started.run('orders/chart', {
      result: 'FAILURE',
      artifacts: { 'delivery-release.json': releaseRecord(3, 2) },
    });
    await started.runChart(releaseRecord(4, 3));
    const { releases, problems } = await bound(started);
    expect(releases.map(({ record }) => record.number)).toEqual([4]);
    expect(problems).toEqual([]);
  });

  it('are not lost because one record is bad', async () => {
    const started = start();
    await started.runImage();
    await started.runChart(releaseRecord(2, 1));
    await started.runChart({ ...releaseRecord(3, 2), chart: undefined });
    await started.runChart('not json');
    await started.runChart('x'.repeat(300_000));
    await started.runChart(releaseRecord(2, 1));
    await started.runChart(releaseRecord(7, 6));
    const { releases, problems } = await bound(started);
    expect(releases.map(({ record }) => record.number)).toEqual([2, 7]);
    expect(problems).toEqual([
      {
        subject: 'The record of orders/chart #2',
        reason: expect.stringMatching(/^delivery-release.json: chart: /),
      },
      {
        subject: 'The record of orders/chart #3',
        reason: 'delivery-release.json is not JSON',
      },
      {
        subject: 'The record of orders/chart #4',
        reason: expect.stringContaining('larger than'),
      },
      {
        subject: 'The record of orders/chart #5',
        reason: 'it says that it was made by orders/chart #1',
      },
    ]);
  });

  it('are refused as a whole as soon as one is another entity’s', async () => {
    const { source, runChart, runImage } = start();
    await runImage();
    await runChart(releaseRecord(2, 1));
    await runChart(
      releaseRecord(3, 2, { service: 'component:default/payments' }),
    );
    expect(await source.releases(serviceOf('orders'), {})).toMatchObject({
      state: 'refused',
      reason: expect.stringContaining(
        'another entity than component:default/orders',
      ),
    });
    expect(await source.builds(serviceOf('orders'), { limit: 5 })).toEqual([]);
  });

  it('are all new when the job was created anew', async () => {
    const started = start();
    await started.runImage();
    await started.runChart(releaseRecord(50, 1));
    expect((await bound(started, { build: 49 })).releases).toHaveLength(1);
    expect((await bound(started, { build: 1 })).releases).toHaveLength(0);
  });

  it('are read from Jenkins once', async () => {
    const started = start();
    await started.runImage();
    await started.runChart(releaseRecord(2, 1));
    await bound(started);
    const before = started.jenkins.requests.length;
    await bound(started, { build: 1 });
    expect(started.jenkins.requests.slice(before)).toEqual([
      'GET /job/orders/job/chart/api/json',
    ]);
  });
});

describe('builds', () => {
  it('of both jobs are told with their tests, newest first', async () => {
    const { source, runImage, runChart, run, jenkins } = start();
    await runImage();
    await runChart(releaseRecord(2, 1));
    await run('orders/image', { result: 'FAILURE' });
    jenkins.scripts.add('orders/chart', { until: new Promise(() => {}) });
    jenkins.build('orders/chart');
    const builds = await source.builds(serviceOf('orders'), { limit: 10 });
    expect(builds).toMatchObject([
      { job: 'orders/image', number: 2, state: 'failed' },
      { job: 'orders/chart', number: 2, state: 'running' },
      {
        job: 'orders/chart',
        number: 1,
        state: 'succeeded',
        releaseNumber: 2,
        commit: commit('2'),
        cause: 'Started by user admin',
      },
      {
        job: 'orders/image',
        number: 1,
        state: 'succeeded',
        tests: { passed: 10, failed: 0, skipped: 1 },
        url: 'http://jenkins.test/job/orders/job/image/1/',
      },
    ]);
    expect(builds[1]).not.toHaveProperty('duration');
  });

  it('of a folder that nobody has confirmed are not told', async () => {
    const { source, runImage } = start();
    await runImage();
    for (const service of [serviceOf('orders'), serviceOf('thief', 'orders')]) {
      expect(await source.builds(service, { limit: 10 })).toEqual([]);
    }
  });
});

describe('the annotation', () => {
  it.each<[string | undefined, string, RegExp]>([
    ['', 'missing', /has no annotation jenkins.io\/job-full-name/],
    ['orders/../payments', 'refused', /not usable: .*'\.\.' part/],
    ['other:orders', 'refused', /controller 'other', which is not configured/],
    ['http://jenkins.test/job/orders', 'refused', /'http', which is not/],
    ['nowhere', 'missing', /no job 'nowhere\/chart'/],
  ])('%j is %s', async (annotation, state, reason) => {
    const { source } = start();
    expect(
      await source.releases(serviceOf('orders', annotation), {}),
    ).toMatchObject({ state, reason: expect.stringMatching(reason) });
  });

  it('may name the controller', async () => {
    const { source } = start();
    expect(
      await source.releases(serviceOf('orders', 'main:orders'), {}),
    ).toMatchObject({ state: 'bound' });
  });
});

describe('the package of a chart', () => {
  const FILE = 'build/orders-0.1.44.tgz';
  const MOST = 1024;
  const archive = async (artifacts: Record<string, unknown>) => {
    const started = start();
    await started.run('orders/chart', {
      artifacts: {
        'delivery-release.json': releaseRecord(44, 1),
        ...artifacts,
      },
    });
    return started;
  };
  const read = (
    { source }: Pick<ReturnType<typeof start>, 'source'>,
    given: { service?: DeliveredService; build?: number; job?: string } = {},
  ) =>
    source.chartPackage({
      service: given.service ?? serviceOf('orders'),
      release: {
        ...releaseRecord(44, given.build ?? 1),
        build: { job: given.job ?? 'orders/chart', number: given.build ?? 1 },
      },
      maxBytes: MOST,
    });

  it('is what the build of the Release archived', async () => {
    await expect(read(await archive({ [FILE]: 'bytes' }))).resolves.toEqual({
      state: 'found',
      bytes: Buffer.from('bytes'),
    });
  });

  it.each([
    ['was not archived', {}, {}, 'the build orders/chart #1 did not archive'],
    [
      'is of another version',
      { 'build/orders-0.1.4.tgz': 'bytes' },
      {},
      'did not archive orders-0.1.44.tgz',
    ],
    [
      'is too large',
      { [FILE]: 'x'.repeat(MOST + 1) },
      {},
      'orders-0.1.44.tgz of the build orders/chart #1 is larger than 1 KiB',
    ],
    [
      'was thrown away with its build',
      { [FILE]: 'bytes' },
      { build: 7 },
      'Jenkins does not have the build orders/chart #7 any more',
    ],
    [
      'is of another job',
      { [FILE]: 'bytes' },
      { job: 'payments/chart' },
      'payments/chart is not the job of component:default/orders',
    ],
    [
      'is of another service',
      { [FILE]: 'bytes' },
      { service: serviceOf('payments') },
      'orders/chart is not the job of component:default/payments',
    ],
    [
      'is of a service that names the folder of another',
      { [FILE]: 'bytes' },
      { service: serviceOf('thief', 'orders') },
      'does not say that it made Release 44 of component:default/thief',
    ],
    [
      'is of another Release, because the job was made anew',
      { [FILE]: 'bytes', 'delivery-release.json': releaseRecord(2, 1) },
      {},
      'does not say that it made Release 44 of component:default/orders',
    ],
  ])('is missing with the reason when it %s', async (_, files, given, says) => {
    const started = await archive({ ...files });
    await expect(read(started, given)).resolves.toEqual({
      state: 'missing',
      reason: expect.stringContaining(says),
    });
  });

  it('is not said to be missing while Jenkins does not answer', async () => {
    const started = await archive({ [FILE]: 'bytes' });
    started.jenkins.setFault({ kind: 'down' });
    await expect(read(started)).rejects.toThrow();
  });
});
