// SPDX-License-Identifier: Apache-2.0
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { useWorkshop } from './__testUtils__/useWorkshop';
import type { Built } from './__testUtils__/Workshop';

describe('the end of a build', () => {
  const workshop = useWorkshop({
    values: () => ({ notifyChannel: '#team-orders' }),
  });

  /** Runs a script after a build, in a repository with a web address. */
  async function after(built: Built, script: string, more = {}) {
    const { vendors, toolbox } = workshop();
    const { stdout, stderr } = await promisify(execFile)('sh', [script], {
      cwd: built.workspace,
      env: {
        PATH: toolbox.path,
        GIT_URL: `${vendors.url}/northwind/orders.git`,
        JOB_NAME: 'orders/image',
        BUILD_NUMBER: '1',
        BUILD_URL: 'http://jenkins.test/job/orders/job/image/1/',
        ...more,
      },
    });
    return `${stdout}${stderr}`;
  }

  it('sets a status for each step, with a link, and tells a channel of the failure', async () => {
    workshop().toolbox.setFindings(['CRITICAL']);
    const built = await workshop().build({
      job: 'image',
      environment: {
        NOTIFY_URL: `${workshop().vendors.url}/hooks/secret-address`,
      },
    });
    expect(built.ok).toBe(false);
    expect(built.log).toContain('#team-orders was told');
    expect(built.log).not.toContain('secret-address');
    expect(workshop().vendors.notifications).toEqual([
      {
        channel: '#team-orders',
        text: expect.stringMatching(
          /^orders\/image #1 failed at 'Scan': http:\/\/jenkins\.test\/job\/orders\/job\/image\/1\/ - commit [0-9a-f]{40}$/,
        ),
      },
    ]);

    const said = await after(built, 'ci/report.sh', {
      GIT_PUSH_USR: 'robot',
      GIT_PUSH_PSW: 'canary-git',
    });
    expect(said).toBe('');
    const { statuses, authorizations } = workshop().vendors;
    expect(authorizations.at(-1)).toBe('Bearer canary-git');
    expect(new Set(statuses.map(({ commit }) => commit))).toEqual(
      new Set([workshop().ask('orders', 'rev-parse', 'main')]),
    );
    const steps = [
      'Base image',
      'Plan',
      'Compare',
      'Test',
      'Image',
      'Image test',
      'Scan',
    ];
    expect(statuses.map(({ status }) => status)).toEqual(
      steps.map(step => ({
        context: `orders/image: ${step}`,
        state: step === 'Scan' ? 'failure' : 'success',
        description: step === 'Scan' ? 'failed' : 'passed',
        target_url: 'http://jenkins.test/job/orders/job/image/1/',
      })),
    );
    expect(workshop().toolbox.isComposed()).toBe(false);
  });

  it('sets them on a GitLab too, below its path, and once', async () => {
    const built = await workshop().build({ job: 'image', branch: 'main' });
    expect(built.ok).toBe(true);
    const { vendors } = workshop();
    const report = () =>
      after(built, 'ci/report.sh', {
        SOURCE_HOST: 'gitlab',
        SOURCE_HOST_API: `${vendors.url}/gitlab/api/v4`,
        GIT_URL: `${vendors.url}/gitlab/northwind/payments/orders.git`,
        GIT_PUSH_PSW: 'canary-git',
      });
    expect(await report()).toBe('');
    expect(vendors.privateTokens.at(-1)).toBe('canary-git');
    const set = vendors.statuses.length;
    expect(set).toBeGreaterThan(0);
    expect(vendors.statuses[0]).toMatchObject({
      commit: workshop().ask('orders', 'rev-parse', 'main'),
      status: { state: 'success', context: 'orders/image: Base image' },
    });
    expect(await report()).toBe('');
    expect(vendors.statuses).toHaveLength(set);
  });

  it('sets them on Azure DevOps', async () => {
    const built = await workshop().build({ job: 'image', branch: 'main' });
    expect(built.ok).toBe(true);
    const { vendors } = workshop();
    const said = await after(built, 'ci/report.sh', {
      SOURCE_HOST: 'azure',
      SOURCE_HOST_API: vendors.url,
      GIT_URL: `${vendors.url}/northwind/payments/_git/orders`,
      GIT_PUSH_USR: 'robot',
      GIT_PUSH_PSW: 'canary-git',
    });
    expect(said).toBe('');
    expect(vendors.authorizations.at(-1)).toBe(
      `Basic ${btoa('robot:canary-git')}`,
    );
    expect(vendors.statuses[0]).toEqual({
      commit: workshop().ask('orders', 'rev-parse', 'main'),
      status: {
        state: 'succeeded',
        context: { genre: 'jenkins', name: 'orders/image: Base image' },
        description: 'passed',
        targetUrl: 'http://jenkins.test/job/orders/job/image/1/',
      },
    });
  });

  it('sets them on a Gitea, below its path', async () => {
    const built = await workshop().build({ job: 'image', branch: 'main' });
    expect(built.ok).toBe(true);
    const { vendors } = workshop();
    const said = await after(built, 'ci/report.sh', {
      SOURCE_HOST: 'gitea',
      SOURCE_HOST_API: `${vendors.url}/gitea/api/v1`,
      GIT_URL: `${vendors.url}/gitea/northwind/orders.git`,
      GIT_PUSH_USR: 'robot',
      GIT_PUSH_PSW: 'canary-git',
    });
    expect(said).toBe('');
    expect(vendors.authorizations.at(-1)).toBe(
      `Basic ${btoa('robot:canary-git')}`,
    );
    expect(vendors.statuses[0]).toMatchObject({
      commit: workshop().ask('orders', 'rev-parse', 'main'),
      status: { state: 'success', context: 'orders/image: Base image' },
    });
  });

  it.each([
    ['robot', `Basic ${Buffer.from('robot:canary-git').toString('base64')}`],
    ['x-token-auth', 'Bearer canary-git'],
  ])('sets them on a Bitbucket Data Center as %s', async (user, sent) => {
    const built = await workshop().build({ job: 'image', branch: 'main' });
    expect(built.ok).toBe(true);
    const { vendors } = workshop();
    const there = {
      SOURCE_HOST: 'bitbucketServer',
      SOURCE_HOST_API: `${vendors.url}/bitbucket/rest/api/1.0`,
      GIT_URL: `${vendors.url}/bitbucket/scm/north/orders.git`,
      GIT_PUSH_USR: user,
      GIT_PUSH_PSW: 'canary-git',
    };
    expect(await after(built, 'ci/report.sh', there)).toBe('');
    expect(vendors.authorizations.at(-1)).toBe(sent);
    const commit = workshop().ask('orders', 'rev-parse', 'main');
    expect(vendors.statuses[0]).toEqual({
      commit,
      status: {
        key: 'orders/image: Base image',
        state: 'SUCCESSFUL',
        description: 'passed',
        url: 'http://jenkins.test/job/orders/job/image/1/',
      },
    });
    await after(built, 'ci/notify.sh', {
      ...there,
      NOTIFY_CHANNEL: '#team-orders',
      NOTIFY_URL: `${vendors.url}/hooks/secret-address`,
    });
    expect(vendors.notifications).toMatchObject([
      {
        text: expect.stringContaining(
          `${vendors.url}/bitbucket/projects/NORTH/repos/orders/commits/${commit}`,
        ),
      },
    ]);
  });

  it('sets them on Bitbucket Cloud, with keys of 40 characters', async () => {
    const built = await workshop().build({ job: 'image', branch: 'main' });
    expect(built.ok).toBe(true);
    const { vendors } = workshop();
    const report = () =>
      after(built, 'ci/report.sh', {
        SOURCE_HOST: 'bitbucketCloud',
        SOURCE_HOST_API: `${vendors.url}/2.0`,
        GIT_URL: 'https://robot@bitbucket.org/northwind/orders.git',
        GIT_PUSH_USR: 'x-token-auth',
        GIT_PUSH_PSW: 'canary-git',
      });
    expect(await report()).toBe('');
    expect(vendors.authorizations.at(-1)).toBe('Bearer canary-git');
    const [first, second] = vendors.statuses;
    expect(first).toEqual({
      commit: workshop().ask('orders', 'rev-parse', 'main'),
      status: {
        key: expect.stringMatching(/^[0-9a-f]{40}$/),
        name: 'orders/image: Base image',
        state: 'SUCCESSFUL',
        description: 'passed',
        url: 'http://jenkins.test/job/orders/job/image/1/',
      },
    });
    expect(second.status).not.toMatchObject({
      key: Object(first.status).key,
    });
  });

  it('does not fail a build because somebody could not be told', async () => {
    const built = await workshop().build({ job: 'image', branch: 'main' });
    expect(built.ok).toBe(true);
    expect(
      await after(built, 'ci/report.sh', {
        GIT_URL: `${workshop().vendors.url}/northwind/other`,
        GIT_PUSH_PSW: 'canary-git',
      }),
    ).toContain("The status of 'Plan' was not set: 127.0.0.1");
    expect(
      await after(built, 'ci/notify.sh', {
        NOTIFY_CHANNEL: '#team-orders',
        NOTIFY_URL: 'http://127.0.0.1:1/canary',
      }),
    ).toMatch(/^#team-orders was not told: .* answered none\n$/);
  });
});
