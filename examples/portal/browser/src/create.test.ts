// SPDX-License-Identifier: Apache-2.0
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { z } from 'zod';
import {
  CreatePage,
  Keyboard,
  launchBrowser,
  Portal,
  repository,
  TestService,
  until,
  Visitor,
} from './harness';

const run = promisify(execFile);
const LONG_MS = 300_000;
const EVERYTHING = 256 * 1024 * 1024;

/** A variable of the environment that must never be seen again. */
const CANARIES = Object.fromEntries(
  Array.from({ length: 43 }, (_, index) => [
    `CANARY_${index}_TOKEN`,
    `canary-${randomBytes(12).toString('hex')}`,
  ]),
);

const REQUIRED = {
  owner: 'group:default/team-orders',
  organisation: 'northwind',
};

describe('creating a service in the browser', () => {
  let portal: Portal;
  let browser: Browser;
  let ben: Visitor;

  const configText = () => readFileSync(portal.config, 'utf8');

  /** The first secret behind a key of the configuration. */
  function secretAt(key: string): string {
    const [, found = ''] = configText().split(key);
    return found.slice(0, 32);
  }

  function gateToken(): string {
    const [, spinnaker = ''] = configText().split('\n  spinnaker:\n');
    return /token: ([0-9a-f]{32})/.exec(spinnaker)?.[1] ?? '';
  }

  beforeAll(async () => {
    Object.assign(process.env, CANARIES);
    [portal, browser] = await Promise.all([Portal.start(), launchBrowser()]);
    ben = await Visitor.signIn(browser, {
      address: portal.address,
      user: 'ben',
    });
    await new TestService(portal, 'keyed').untilCreatable();
  }, LONG_MS);

  afterAll(async () => {
    for (const name of Object.keys(CANARIES)) {
      delete process.env[name];
    }
    await browser?.close();
    await portal?.dispose();
  });

  it(
    'needs no mouse, and names the field that is wrong',
    async () => {
      const form = await CreatePage.open(ben);
      const { keyboard } = form;
      await keyboard.fill(form.field('name'), 'No Name');
      await keyboard.pick(form.field('owner'), 'Team Orders');
      await keyboard.fill(form.field('organisation'), 'northwind');
      await keyboard.press('Next');
      await form.page
        .getByText("'Name' must be lower case letters, digits and dashes")
        .waitFor();

      await keyboard.fill(form.field('name'), 'keyed');
      await form.next('baseImage');
      for (const image of ['node:latest', 'node']) {
        await keyboard.fill(form.field('baseImage'), image);
        await keyboard.press('Next');
        await form.page
          .getByText("'Base image' must name one version, such as")
          .waitFor();
      }
      await keyboard.fill(form.field('baseImage'), 'node:22-alpine');
      await form.next('chart_kind');

      await keyboard.choose(form.field('chart_kind'), 'a published chart');
      await form.field('chart_version').waitFor();
      await keyboard.fill(form.field('chart_version'), 'latest');
      await keyboard.fill(form.field('chart_imageName'), 'a b');
      await keyboard.press('Next');
      await form.page
        .getByText("'Chart Version' must be one exact version, such as")
        .waitFor();
      await form.page
        .getByText("'Chart Image Name' must be keys with dots between them")
        .waitFor();
      expect(await form.page.getByText(/must match/).count()).toBe(0);
      await keyboard.choose(form.field('chart_kind'), 'templates of its own');
      await keyboard.choose(form.field('chartHandover'), 'OCI registry');
      await form.next('tiers_staging_strategy');
      await keyboard.fill(form.field('tiers_staging_memory'), '1 GB');
      await keyboard.press('Review');
      await form.page
        .getByText(/^'.*Memory.*' must be an amount of memory, such as/)
        .waitFor();
      await keyboard.fill(form.field('tiers_staging_memory'), '1Gi');
      await ben.picture('create-environments');
      await form.create();
      expect(ben.complaints).toEqual([]);
    },
    LONG_MS,
  );

  it(
    'leads every runtime from Create to verified in dev without another hand',
    async () => {
      for (const [name, runtime] of [
        ['integrator', 'wso2-micro-integrator'],
        ['gateway', 'wso2-api-microgateway'],
      ]) {
        const form = await CreatePage.open(ben, { ...REQUIRED, name, runtime });
        await form.create();
      }
      const form = await CreatePage.open(ben, {
        ...REQUIRED,
        name: 'returns',
        organisation: 'northwind/payments',
      });
      await form.keyboard.choose(
        form.field('sourceHost'),
        `localhost:${portal.ports.gitlab} (GitLab)`,
      );
      await ben.picture('create-source-host');
      await form.create();
      for (const name of ['keyed', 'integrator', 'gateway', 'returns']) {
        const service = new TestService(portal, name);
        await service.untilVerified('dev');
        const { deployment } = await service.environment('dev');
        expect({ name, kind: deployment?.kind }).toEqual({
          name,
          kind: 'automatic',
        });
      }
      const { items } = await portal
        .as('ben')
        .delivery.listReleases('component:default/keyed', {});
      expect(items[0].chart.repository).toBe(
        `oci://localhost:${portal.ports.charts}/charts`,
      );
    },
    LONG_MS,
  );

  it(
    'lists what there is when a task fails in the middle, and finishes it on Retry',
    async () => {
      const service = new TestService(portal, 'halfway');
      const spinnaker = (condition: string) =>
        portal.control({ type: 'set-vendor', vendor: 'spinnaker', condition });
      const task = await service.startCreation();
      await until(
        async () =>
          (
            await service.saidBy(task)
          ).some(one => one.includes('Creating northwind/halfway-chart on')),
        { what: 'its chart repository to be made', every: 20 },
      );
      try {
        await spinnaker('down');
        await ben.goTo(`/create/tasks/${task}`);
        await ben.page
          .getByText(/This step made nothing before that, and what earlier/)
          .first()
          .waitFor();
      } finally {
        await spinnaker('normal');
      }
      await ben.picture('create-failed');
      const done = ben.page.locator('.MuiStepLabel-completed');
      expect(await done.allInnerTexts()).toEqual(
        expect.arrayContaining([
          expect.stringContaining('Create the repository of the source'),
          expect.stringContaining('Create the repository of the chart'),
        ]),
      );
      await new Keyboard(ben.page).press('Retry');
      await ben.page.getByText('What happens now').first().waitFor();
      await service.untilVerified('dev');
      expect(ben.complaints).toEqual([]);
    },
    LONG_MS,
  );

  it('refuses a host that cannot be used in its first step, with those that can', async () => {
    const { github, gitlab } = portal.ports;
    const form = await CreatePage.open(ben, {
      ...REQUIRED,
      name: 'lost',
      sourceHost: 'git.nowhere.example',
    });
    await form.keyboard.press('Next');
    await form.page
      .getByText(
        `'Source host' must be one of localhost:${github}, localhost:${gitlab}; repositories cannot be made on 'git.nowhere.example'`,
      )
      .waitFor();
    expect(ben.complaints).toEqual([]);
  });

  it.each([
    {
      what: 'the organisation does not exist',
      answers: { name: 'lost', organisation: 'nobody' },
      says: /There is no organisation or user 'nobody' on localhost/,
    },
    {
      what: 'the repository exists',
      answers: { name: 'keyed' },
      says: /The repository northwind\/keyed exists on localhost:\d+ already\. Choose another name|has a job 'keyed\/image' already/,
    },
    {
      what: 'Jenkins is down',
      answers: { name: 'lost' },
      down: 'jenkins',
      says: /Jenkins at localhost:\d+/,
    },
    {
      what: 'Spinnaker is down',
      answers: { name: 'lost' },
      down: 'spinnaker',
      says: /Spinnaker at localhost:\d+/,
    },
  ])(
    'says so in a sentence and makes nothing when $what',
    async ({ answers, down, says }) => {
      const before = await portal.world();
      if (down) {
        await portal.control({
          type: 'set-vendor',
          vendor: down,
          condition: 'down',
        });
      }
      try {
        const form = await CreatePage.open(ben, { ...REQUIRED, ...answers });
        await form.create();
        await ben.page.getByText(says).first().waitFor();
      } finally {
        if (down) {
          await portal.control({
            type: 'set-vendor',
            vendor: down,
            condition: 'normal',
          });
        }
      }
      const after = await portal.world();
      expect(after.services.map(({ name }) => name)).toEqual(
        before.services.map(({ name }) => name),
      );
      expect(ben.complaints).toEqual([]);
    },
    LONG_MS,
  );

  it(
    'makes the jobs of a service again from its chart repository',
    async () => {
      const jenkins = `http://localhost:${portal.ports.jenkins}`;
      const job = `${jenkins}/job/keyed/job/chart`;
      const authorization = `Basic ${Buffer.from(
        `portal:${secretAt('apiToken: ')}`,
      ).toString('base64')}`;
      const state = async () =>
        (await fetch(`${job}/api/json`, { headers: { authorization } })).status;
      expect(await state()).toBe(200);
      await fetch(`${job}/doDelete`, {
        method: 'POST',
        headers: { authorization },
      });
      expect(await state()).toBe(404);

      const { stdout } = await run(
        process.execPath,
        [
          join(repository, '.scripts/delivery.mjs'),
          'restore',
          'keyed',
          '--config',
          portal.config,
        ],
        { cwd: repository },
      );
      expect(stdout).toContain("The job 'keyed/chart' is created in Jenkins");
      expect(stdout).toContain(
        "The Spinnaker pipeline 'Deploy to prod' is unchanged",
      );
      expect(await state()).toBe(200);
    },
    LONG_MS,
  );

  it(
    'leaves no secret in a repository, a Spinnaker pipeline, a log or an output',
    async () => {
      const secrets = [
        ...new Set(configText().match(/\b[0-9a-f]{32}\b/g)),
        ...Object.values(CANARIES),
      ];
      expect(secrets.length).toBeGreaterThanOrEqual(50);
      const places = new Map<string, string>();
      for (const name of ['keyed', 'integrator', 'gateway']) {
        for (const repo of [name, `${name}-chart`]) {
          const { stdout } = await run(
            'git',
            [
              '--git-dir',
              join(
                portal.folder,
                'simulator/github/repositories/northwind',
                `${repo}.git`,
              ),
              'cat-file',
              '--batch-all-objects',
              '--batch',
              '--unordered',
            ],
            { encoding: 'latin1', maxBuffer: EVERYTHING },
          );
          places.set(`the repository ${repo}`, stdout);
        }
        const pipelines = await fetch(
          `http://localhost:${portal.ports.spinnaker}/applications/${name}/pipelineConfigs`,
          { headers: { authorization: `Bearer ${gateToken()}` } },
        );
        expect(pipelines.status).toBe(200);
        places.set(`the pipelines of ${name}`, await pipelines.text());
        for (const build of ['image/1', 'chart/1', 'chart/2']) {
          const [jobName, number] = build.split('/');
          const log = await fetch(
            `http://localhost:${portal.ports.jenkins}/job/${name}/job/${jobName}/${number}/consoleText`,
            {
              headers: {
                authorization: `Basic ${Buffer.from(
                  `portal:${secretAt('apiToken: ')}`,
                ).toString('base64')}`,
              },
            },
          );
          places.set(`the log of ${name}/${build}`, await log.text());
        }
      }
      const api = portal.as('ben');
      const { tasks } = await api.get(
        '/api/scaffolder/v2/tasks',
        z.object({ tasks: z.array(z.looseObject({ id: z.string() })) }),
      );
      expect(tasks.length).toBeGreaterThanOrEqual(3);
      for (const task of tasks) {
        const events = await api.get(
          `/api/scaffolder/v2/tasks/${task.id}/events`,
          z.array(z.unknown()),
        );
        places.set(`the task ${task.id}`, JSON.stringify([task, events]));
      }
      const found = [...places].flatMap(([place, text]) =>
        secrets.some(secret => text.includes(secret)) ? [place] : [],
      );
      expect(found).toEqual([]);
      expect([...places.values()].join('').length).toBeGreaterThan(100_000);
    },
    LONG_MS,
  );
});
