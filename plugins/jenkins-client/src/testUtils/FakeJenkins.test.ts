// SPDX-License-Identifier: Apache-2.0
import { renderFolderConfig } from '../config/renderFolderConfig';
import { renderJobConfig } from '../config/renderJobConfig';
import { FakeJenkins, FakeJenkinsOptions } from './FakeJenkins';
import { FakeGit } from './readItemConfig';

const GIT_URL = 'http://git.test/northwind/orders.git';
const first = '1'.repeat(40);
const second = '2'.repeat(40);

function start(options: Partial<FakeJenkinsOptions> = {}) {
  let now = Date.parse('2026-03-02T03:58:30Z');
  const heads = new Map<string, string>();
  const fake = new FakeJenkins({
    clock: { now: () => new Date(now) },
    readHead: (git: FakeGit) => heads.get(`${git.url}#${git.branch}`),
    ...options,
  });
  fake.createItem('orders', renderFolderConfig({}));
  fake.createItem(
    'orders/image',
    renderJobConfig({
      gitUrl: GIT_URL,
      branch: 'main',
      triggers: { githubPush: true, poll: '*/5 * * * *', cron: '0 4 * * *' },
    }),
  );
  return {
    fake,
    advanceTo: (iso: string) => {
      now = Date.parse(iso);
    },
    pushed: (commit: string) => heads.set(`${GIT_URL}#main`, commit),
    causes: () =>
      fake
        .builds('orders/image')
        .map(build => build.causes.map(cause => cause.shortDescription)),
  };
}

function post(fake: FakeJenkins, path: string, init: RequestInit = {}) {
  return fake.handle(
    new Request(`${fake.url}${path}`, {
      method: 'POST',
      ...init,
      headers: {
        authorization: `Basic ${btoa('delivery:jenkins-token')}`,
        ...init.headers,
      },
    }),
  );
}

const pushEvent = (fake: FakeJenkins, payload: object) =>
  fake.handle(
    new Request(`${fake.url}/github-webhook/`, {
      method: 'POST',
      headers: { 'x-github-event': 'push', 'content-type': 'application/json' },
      body: JSON.stringify(payload),
    }),
  );

describe('triggers', () => {
  it('builds by the timer, once for all minutes that passed', async () => {
    const { fake, advanceTo, causes } = start();
    await fake.tick();
    expect(causes()).toEqual([]);
    advanceTo('2026-03-02T04:00:10Z');
    await fake.tick();
    await fake.tick();
    await fake.idle();
    expect(causes()).toEqual([['Started by timer']]);
    advanceTo('2026-03-05T04:00:10Z');
    await fake.tick();
    await fake.idle();
    expect(causes()).toHaveLength(2);
  });

  it('builds by polling only when the head was not built', async () => {
    const { fake, advanceTo, pushed, causes } = start();
    advanceTo('2026-03-02T05:01:00Z');
    await fake.tick();
    await fake.idle();
    const before = causes().length;
    pushed(first);
    fake.scripts.add('orders/image', { commit: first });
    advanceTo('2026-03-02T05:05:00Z');
    await fake.tick();
    await fake.idle();
    advanceTo('2026-03-02T05:10:00Z');
    await fake.tick();
    await fake.idle();
    expect(causes()).toHaveLength(before + 1);
    expect(causes()[0]).toEqual(['Started by an SCM change']);
  });

  it('looks for changes of a repository at once when it is told of a commit', async () => {
    const { fake, pushed, causes } = start();
    const notice = async (repository: string) => {
      const response = await fake.handle(
        new Request(
          `${fake.url}/git/notifyCommit?url=${encodeURIComponent(repository)}`,
          { method: 'POST' },
        ),
      );
      await fake.idle();
      return response.text();
    };
    pushed(first);
    expect(await notice('http://git.test/northwind/other.git')).toMatch(/^No /);
    expect(causes()).toEqual([]);
    expect(await notice('http://git.test/northwind/orders.git')).toBe(
      'Scheduled polling of orders/image\n',
    );
    expect(causes()).toEqual([['Started by an SCM change']]);
  });

  it('builds on a push to its repository and branch', async () => {
    const { fake, pushed, causes } = start();
    pushed(first);
    const repository = { clone_url: 'http://GIT.test/northwind/orders' };
    const other = { clone_url: 'http://git.test/northwind/other.git' };
    await pushEvent(fake, { ref: 'refs/heads/main', repository: other });
    expect(causes()).toEqual([]);
    fake.scripts.add('orders/image', { commit: first });
    const event = {
      ref: 'refs/heads/main',
      after: first,
      repository,
      pusher: { name: 'ben' },
    };
    expect((await pushEvent(fake, event)).status).toBe(200);
    await pushEvent(fake, event);
    await fake.idle();
    await pushEvent(fake, event);
    await fake.idle();
    expect(causes()).toEqual([['Started by GitHub push by ben']]);
  });

  it('without a view of the repository believes the push event', async () => {
    const { fake, causes } = start({ readHead: undefined });
    const repository = { clone_url: GIT_URL };
    await pushEvent(fake, { ref: 'refs/heads/x', after: first, repository });
    await pushEvent(fake, {
      ref: 'refs/heads/main',
      after: second,
      repository,
    });
    await fake.idle();
    expect(causes()).toHaveLength(1);
  });
});

describe('running', () => {
  it('runs one build of a job at a time and two of all', async () => {
    const running = new Set<string>();
    const seen: string[] = [];
    const releases: (() => void)[] = [];
    const { fake } = start({
      runBuild: async context => {
        running.add(context.job);
        seen.push([...running].sort().join('+'));
        await new Promise<void>(resolve => releases.push(resolve));
        running.delete(context.job);
        return 'SUCCESS';
      },
    });
    for (const name of ['a', 'b']) {
      fake.createItem(
        `orders/${name}`,
        renderJobConfig({ gitUrl: GIT_URL, branch: name }),
      );
    }
    fake.build('orders/image');
    fake.build('orders/image');
    fake.build('orders/a');
    fake.build('orders/b');
    while (releases.length > 0) {
      releases.shift()?.();
      await new Promise(setImmediate);
    }
    await fake.idle();
    expect(fake.builds('orders/image')).toHaveLength(2);
    expect(seen).toEqual([
      'orders/image',
      'orders/a+orders/image',
      'orders/a+orders/image',
      'orders/b+orders/image',
    ]);
  });

  it('stops a build', async () => {
    const { fake } = start();
    fake.scripts.add('orders/image', { until: new Promise(() => {}) });
    fake.build('orders/image');
    expect((await post(fake, '/job/orders/job/image/1/stop')).status).toBe(302);
    await fake.idle();
    expect(fake.builds('orders/image')).toMatchObject([
      { result: 'ABORTED', stages: [{ state: 'aborted' }] },
    ]);
  });

  it('comes back after a restart and finishes what it had begun', async () => {
    const { fake } = start();
    fake.build('orders/image');
    await fake.idle();
    fake.scripts.add('orders/image', { until: new Promise(() => {}) });
    fake.build('orders/image');
    const state = JSON.parse(JSON.stringify(fake.exportState()));
    await fake.shutDown();

    const again = new FakeJenkins({ clock: { now: () => new Date() } });
    again.importState(state);
    await again.idle();
    expect(again.exportState().items).toEqual(state.items);
    expect(
      again.builds('orders/image').map(build => [build.number, build.result]),
    ).toEqual([
      [2, 'SUCCESS'],
      [1, 'SUCCESS'],
    ]);
    expect(again.builds('orders/image')[0].console).toContain('Resuming');
    again.build('orders/image');
    await again.idle();
    expect(again.builds('orders/image')[0].number).toBe(3);
  });
});

describe('HTTP', () => {
  it('keeps strangers out', async () => {
    const { fake } = start();
    const get = (headers: Record<string, string>) =>
      fake.handle(new Request(`${fake.url}/api/json`, { headers }));
    expect((await get({})).status).toBe(403);
    const wrong = `Basic ${btoa('delivery:wrong')}`;
    expect((await get({ authorization: wrong })).status).toBe(401);
    const right = `Basic ${btoa('delivery:jenkins-token')}`;
    const answer = await get({ authorization: right });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-jenkins')).toBeTruthy();
    const proto = `Basic ${btoa('__proto__:x')}`;
    expect((await get({ authorization: proto })).status).toBe(401);
  });

  it('creates a folder by mode and refuses nameless or doubled ones', async () => {
    const { fake } = start();
    const mode = 'mode=com.cloudbees.hudson.plugins.folder.Folder';
    expect((await post(fake, `/createItem?name=new&${mode}`)).status).toBe(302);
    const doubled = await post(fake, `/createItem?name=new&${mode}`);
    expect(doubled.status).toBe(400);
    expect(doubled.headers.get('x-error')).toContain('already exists');
    expect((await post(fake, `/createItem?name=..&${mode}`)).status).toBe(400);
    expect((await post(fake, `/createItem?name=x`)).status).toBe(400);
  });

  it('answers a merged request with 303 and the same item', async () => {
    const { fake } = start();
    fake.quietDown(true);
    const one = await post(fake, '/job/orders/job/image/build');
    const two = await post(fake, '/job/orders/job/image/build');
    expect([one.status, two.status]).toEqual([201, 303]);
    expect(two.headers.get('location')).toBe(one.headers.get('location'));
    const missing = await post(
      fake,
      '/job/orders/job/image/buildWithParameters',
    );
    expect(missing.status).toBe(500);
  });

  it('shows at most ten runs in wfapi', async () => {
    const { fake } = start();
    for (let i = 0; i < 12; i++) {
      fake.build('orders/image');
      await fake.idle();
    }
    const answer = await post(fake, '/job/orders/job/image/wfapi/runs');
    expect(await answer.json()).toHaveLength(10);
  });
});
