// SPDX-License-Identifier: Apache-2.0
import { registerMswTestHooks } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { JenkinsClient } from 'backstage-plugin-jenkins-client';
import {
  FakeJenkins,
  jenkinsHandlers,
} from 'backstage-plugin-jenkins-client/testUtils';
import { setupServer } from 'msw/node';
import { parse } from 'yaml';
import { runAction } from '../__testUtils__/runAction';
import { DELIVERY_CONFIG } from '../__testUtils__/scaffoldService';
import { createJenkinsApplyAction } from './createJenkinsApplyAction';
import { jenkinsApplyExamples } from './createJenkinsApplyAction.examples';

const INPUT = {
  folder: 'orders',
  artifactGitUrl: 'https://git.test/northwind/orders.git',
  chartGitUrl: 'https://git.test/northwind/orders-chart.git',
};

describe('delivery:jenkins:apply', () => {
  const server = setupServer();
  registerMswTestHooks(server);
  const action = createJenkinsApplyAction({
    config: new ConfigReader({ delivery: DELIVERY_CONFIG }),
  });
  const client = JenkinsClient.create({
    baseUrl: 'http://jenkins.test',
    username: 'portal',
    apiToken: 'jenkins-secret',
  });
  let jenkins: FakeJenkins;

  beforeEach(() => {
    jenkins = new FakeJenkins({
      clock: { now: () => new Date('2026-11-21T08:00:00Z') },
      users: { portal: 'jenkins-secret' },
    });
    server.use(...jenkinsHandlers(jenkins));
  });
  afterEach(() => jenkins.shutDown());

  it('makes the folder and both jobs, and starts the first image build only', async () => {
    const { output } = await runAction(action, INPUT);
    await jenkins.idle();

    expect(jenkins.itemNames().sort()).toEqual([
      'orders',
      'orders/chart',
      'orders/image',
    ]);
    expect(jenkins.builds('orders/image')).toHaveLength(1);
    expect(jenkins.builds('orders/chart')).toHaveLength(0);
    expect(output).toEqual({
      folderUrl: 'http://jenkins.test/job/orders/',
      imageJobUrl: 'http://jenkins.test/job/orders/job/image/',
      chartJobUrl: 'http://jenkins.test/job/orders/job/chart/',
      outcome: { folder: 'created', image: 'created', chart: 'created' },
      firstBuild: true,
    });
  });

  it.each([
    ['https://git.test/northwind/orders.git', true],
    ['https://gitlab.test/northwind/payments/orders.git', false],
  ])('lets GitHub start builds of %s: %s', async (artifactGitUrl, started) => {
    await runAction(
      createJenkinsApplyAction({
        config: new ConfigReader({
          delivery: DELIVERY_CONFIG,
          integrations: {
            gitlab: [
              { host: 'gitlab.test', apiBaseUrl: 'https://gitlab.test/api/v4' },
            ],
          },
        }),
      }),
      {
        ...INPUT,
        artifactGitUrl,
        chartGitUrl: artifactGitUrl.replace(/\.git$/, '-chart.git'),
      },
    );
    await jenkins.idle();
    const jobs = JSON.stringify(jenkins.exportState());
    expect(jobs).toContain('hudson.triggers.SCMTrigger');
    expect(jobs.includes('GitHubPushTrigger')).toBe(started);
  });

  it('changes nothing the second time and builds nothing again', async () => {
    await runAction(action, INPUT);
    await jenkins.idle();
    const before = jenkins.exportState();
    const { output } = await runAction(action, INPUT);
    await jenkins.idle();

    expect(output).toMatchObject({
      outcome: { folder: 'unchanged', image: 'unchanged', chart: 'unchanged' },
      firstBuild: false,
    });
    expect(jenkins.exportState()).toEqual(before);
  });

  it('does not do again what a checkpoint remembers', async () => {
    const remembered = new Map<string, string>();
    const first = await runAction(action, INPUT, { remembered });
    await jenkins.idle();
    expect([...remembered.keys()]).toEqual([
      'jenkins.folder.default.orders',
      'jenkins.job.default.orders/image',
      'jenkins.job.default.orders/chart',
      'jenkins.first-build.default.orders',
    ]);
    jenkins.setFault({ kind: 'down' });
    const again = await runAction(action, INPUT, { remembered });
    expect(again.output).toEqual(first.output);
    expect(jenkins.builds('orders/image')).toHaveLength(1);
  });

  it('brings a changed schedule in and keeps what people edited', async () => {
    await runAction(action, INPUT);
    await jenkins.idle();
    const config = (await client.findConfig('orders/image')) ?? '';
    await client.updateConfig(
      'orders/image',
      config.replace(
        /<description>.*<\/description>/,
        '<description>Ask Anna</description>',
      ),
    );
    const { output, said } = await runAction(action, {
      ...INPUT,
      baseImageSchedule: 'H 4 * * 1',
    });
    expect(output.outcome).toEqual({
      folder: 'unchanged',
      image: 'updated',
      chart: 'unchanged',
    });
    expect(said.join('\n')).toContain('triggers.cron');
    const after = await client.findConfig('orders/image');
    expect(after).toContain('Ask Anna');
    expect(after).toContain('H 4 * * 1');
  });

  it('refuses to take over the jobs of another repository', async () => {
    await runAction(action, {
      ...INPUT,
      artifactGitUrl: 'https://git.test/southwind/orders.git',
    });
    const before = jenkins.exportState();
    await expect(runAction(action, INPUT)).rejects.toThrow(
      /'orders\/image' exists and builds another repository/,
    );
    expect(jenkins.exportState().items).toEqual(before.items);
  });

  it('says in a dry run what it would do and does nothing', async () => {
    const { output, said } = await runAction(
      action,
      { ...INPUT, artifactGitUrl: '<example>', chartGitUrl: '<example>' },
      { dryRun: true },
    );
    expect(said).toEqual([
      "The folder 'orders' would be created in Jenkins at jenkins.test",
      "The job 'orders/image' would be created in Jenkins at jenkins.test",
      "The job 'orders/chart' would be created in Jenkins at jenkins.test",
      'The first image would be built in Jenkins at jenkins.test',
    ]);
    expect(output.firstBuild).toBe(true);
    expect(jenkins.itemNames()).toEqual([]);
  });

  it('lists what exists when it fails in the middle, and finishes the next time', async () => {
    let posts = 0;
    const broken = jenkins.handle.bind(jenkins);
    jest.spyOn(jenkins, 'handle').mockImplementation(async request => {
      if (request.method === 'POST') {
        posts += 1;
        if (posts === 3) {
          return new Response('Oops', { status: 500 });
        }
      }
      return broken(request);
    });
    await expect(runAction(action, INPUT)).rejects.toThrow(
      /Done before that: The folder 'orders' \(created\), The job 'orders\/image' \(created\)\. Run it again to finish\. Failed: the job 'orders\/chart' in Jenkins at jenkins\.test/,
    );
    const { output } = await runAction(action, INPUT);
    expect(output).toMatchObject({
      outcome: { folder: 'unchanged', image: 'unchanged', chart: 'created' },
      firstBuild: true,
    });
  });

  it('names the host and never the token when Jenkins is down', async () => {
    jenkins.setFault({ kind: 'down' });
    const failure = await runAction(action, INPUT).catch(error => error);
    expect(failure.message).toContain('jenkins.test');
    expect(failure.message).toContain('This step made nothing before that');
    expect(String(failure.stack)).not.toContain('jenkins-secret');
  });

  it.each([
    { input: { folder: 'Orders' }, says: /folder 'Orders' must be lower case/ },
    { input: { folder: 'a/b' }, says: /must be lower case/ },
    { input: { artifactGitUrl: 'orders' }, says: /artifactGitUrl must be/ },
    { input: { branch: 'a b' }, says: /is not the name of one branch/ },
    {
      input: { instance: 'other' },
      says: /no Jenkins instance 'other'; .* default/,
    },
  ])('refuses $input before it makes anything', async ({ input, says }) => {
    await expect(runAction(action, { ...INPUT, ...input })).rejects.toThrow(
      says,
    );
    expect(jenkins.itemNames().filter(name => name !== 'orders')).toEqual([]);
  });

  it('says which key of the configuration is missing', async () => {
    const unconfigured = createJenkinsApplyAction({
      config: new ConfigReader({}),
    });
    await expect(runAction(unconfigured, INPUT)).rejects.toThrow(
      'The configuration delivery.jenkins.instances is missing',
    );
  });

  it('has examples that can be parsed and name it', () => {
    for (const { example } of jenkinsApplyExamples) {
      expect(parse(example).steps[0].action).toBe(action.id);
    }
  });
});
