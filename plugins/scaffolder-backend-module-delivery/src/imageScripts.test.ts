// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { imageRecordOf, releaseRecordOf } from './__testUtils__/records';
import { useWorkshop } from './__testUtils__/useWorkshop';

const digestOf = (character: string) => `sha256:${character.repeat(64)}`;

describe('the image job of a scaffolded service', () => {
  const workshop = useWorkshop();
  const chartHead = () => workshop().ask('orders-chart', 'rev-parse', 'main');

  it('tests, builds, scans and pushes, and writes the image into the chart repository', async () => {
    workshop().commit(
      'orders',
      { VERSION: '1.4.0\n' },
      { title: 'Take orders', author: 'Ben Ng <ben@northwind.example>' },
    );
    const built = await workshop().build({ job: 'image' });

    const record = imageRecordOf(built);
    const commit = workshop().ask('orders', 'rev-parse', 'main');
    expect(record).toMatchObject({
      image: {
        name: 'registry.test:5000/northwind/orders',
        tag: `1.4.0-${commit.slice(0, 7)}-abababab`,
      },
      base: {
        reference: 'node:22-alpine',
        digest: `sha256:${'ab'.repeat(32)}`,
      },
      source: { commit, branch: 'main' },
      change: 'source',
      unitTests: { passed: 3, failed: 0, skipped: 0 },
      imageTest: { passed: 1, failed: 0, skipped: 0 },
      scan: { critical: 0, high: 1, medium: 0, low: 2 },
      build: { job: 'orders/image', number: 1 },
    });
    expect(record.commits.map(({ title }) => title)).toEqual([
      'Start',
      'Take orders',
    ]);

    const image = parse(workshop().read('orders-chart', 'image.yaml') ?? '');
    expect(image).toMatchObject({
      name: record.image.name,
      tag: record.image.tag,
      digest: record.image.digest,
      base: record.base,
      source: { commit },
      builtBy: { job: 'orders/image', number: 1 },
    });
    expect(
      workshop().ask(
        'orders-chart',
        'log',
        '-1',
        '--format=%an|%(trailers:key=Delivery-Change,valueonly)%(trailers:key=Delivery-Source-Commit,valueonly)',
        'main',
      ),
    ).toBe(`Ben Ng|source\n${commit}`);
    expect(workshop().toolbox.calls()).not.toContain(':latest');
    // the image was built on the digest, not on the tag
    expect(workshop().toolbox.calls()).toContain(
      `BASE_IMAGE=node:22-alpine@sha256:${'ab'.repeat(32)}`,
    );
  });

  it('does nothing when neither the source nor the base image is new', async () => {
    await workshop().build({ job: 'image' });
    const head = chartHead();
    const again = await workshop().build({ job: 'image' });

    expect(again.ok).toBe(true);
    expect(again.record).toBeUndefined();
    expect(again.log).toContain('Nothing to do');
    expect(chartHead()).toBe(head);
    expect(
      workshop()
        .toolbox.calls()
        .match(/docker push/g),
    ).toHaveLength(1);
  });

  it('rebuilds the same source on a new base image under a tag of its own', async () => {
    const first = imageRecordOf(await workshop().build({ job: 'image' }));
    workshop().toolbox.setBaseImage('node:22-alpine', digestOf('c'));
    const second = imageRecordOf(await workshop().build({ job: 'image' }));

    expect(second).toMatchObject({ change: 'base-image', commits: [] });
    expect(second.source.commit).toBe(first.source.commit);
    expect(second.image.tag).toBe(
      first.image.tag.replace('abababab', 'cccccccc'),
    );
    const release = releaseRecordOf(await workshop().build({ job: 'chart' }));
    expect(release.change).toEqual({ kind: 'base-image', commits: [] });
    expect(release.images[0].base?.digest).toBe(digestOf('c'));
  });

  it('leaves a newer image alone when an older build ends late', async () => {
    const older = workshop().ask('orders', 'rev-parse', 'main');
    const late = await workshop().build({
      job: 'image',
      commit: older,
      before: {
        script: 'ci/bump-chart.sh',
        run: async () => {
          workshop().commit('orders', { 'NOTES.md': 'newer' });
          await workshop().build({ job: 'image' });
        },
      },
    });

    expect(late.ok).toBe(true);
    expect(late.log).toContain('image of a newer build');
    const image = parse(workshop().read('orders-chart', 'image.yaml') ?? '');
    expect(image.source.commit).not.toBe(older);
    expect(image.builtBy.number).toBe(2);
  });

  it('leaves a newer base image alone when an older build of the same source ends late', async () => {
    await workshop().build({
      job: 'image',
      before: {
        script: 'ci/bump-chart.sh',
        run: async () => {
          workshop().toolbox.setBaseImage('node:22-alpine', digestOf('d'));
          // the next second, because that is how finely looks are told apart
          const second = new Date().getUTCSeconds();
          while (new Date().getUTCSeconds() === second) {
            await new Promise(resolve => setTimeout(resolve, 20));
          }
          await workshop().build({ job: 'image' });
        },
      },
    });
    const image = parse(workshop().read('orders-chart', 'image.yaml') ?? '');
    expect(image.base.digest).toBe(digestOf('d'));
  });

  it('tries again when somebody else pushed to the chart repository in between', async () => {
    const hook = join(workshop().remote('orders-chart'), 'hooks', 'update');
    writeFileSync(
      hook,
      '#!/bin/sh\nif [ ! -f refused-once ]; then : > refused-once; exit 1; fi\n',
    );
    chmodSync(hook, 0o755);
    const built = await workshop().build({ job: 'image' });

    expect(built.log).toContain('trying again');
    expect(built.ok).toBe(true);
    expect(workshop().read('orders-chart', 'image.yaml')).toContain('digest:');
  });

  it('stops before the push on a branch', async () => {
    const head = chartHead();
    workshop().commit('orders', { 'NOTES.md': 'idea' }, { branch: 'idea' });
    const built = await workshop().build({ job: 'image', branch: 'idea' });

    expect(built.ok).toBe(true);
    expect(built.record).toBeUndefined();
    expect(built.ran.at(-1)).toBe('ci/scan.sh');
    expect(workshop().toolbox.calls()).not.toContain('docker push');
    expect(chartHead()).toBe(head);
  });

  it('refuses to push from a branch even when it is asked to', async () => {
    workshop().commit('orders', { 'NOTES.md': 'idea' }, { branch: 'idea' });
    const { workspace } = await workshop().build({
      job: 'image',
      branch: 'idea',
    });
    for (const script of ['ci/push.sh', 'ci/bump-chart.sh']) {
      expect(() =>
        execFileSync('sh', [script], {
          cwd: workspace,
          env: { PATH: workshop().toolbox.path, GIT_BRANCH: 'origin/idea' },
          stdio: 'pipe',
        }),
      ).toThrow(/is for the branch main only/);
    }
  });

  it.each([
    {
      fault: 'a unit test fails',
      spoil: () =>
        workshop().commit('orders', {
          'test/broken.test.js':
            "import { test } from 'node:test';\ntest('fails', () => { throw new Error('no'); });\n",
        }),
      at: 'ci/test.sh',
    },
    {
      fault: 'the image does not become healthy',
      spoil: () => workshop().toolbox.setHealth('unhealthy'),
      at: 'ci/image-test.sh',
    },
    {
      fault: 'the scan finds something critical',
      spoil: () => workshop().toolbox.setFindings(['CRITICAL', 'LOW']),
      at: 'ci/scan.sh',
    },
    {
      fault: 'the registry does not answer',
      spoil: () => workshop().toolbox.setRegistryDown(),
      at: 'ci/base-image.sh',
    },
    {
      fault: 'the base image is a moving tag',
      spoil: () =>
        workshop().commit('orders', {
          Dockerfile: 'ARG BASE_IMAGE=node:latest\nFROM ${BASE_IMAGE}\n',
        }),
      at: 'ci/base-image.sh',
    },
    {
      fault: 'the base image has no tag',
      spoil: () =>
        workshop().commit('orders', {
          Dockerfile:
            'ARG BASE_IMAGE=registry.test:5000/node\nFROM ${BASE_IMAGE}\n',
        }),
      at: 'ci/base-image.sh',
    },
    {
      fault: 'the version is not one',
      spoil: () => workshop().commit('orders', { VERSION: '$(id)\n' }),
      at: 'ci/plan.sh',
    },
  ])('fails and pushes nothing when $fault', async ({ spoil, at }) => {
    const head = chartHead();
    spoil();
    const built = await workshop().build({ job: 'image' });
    expect(workshop().toolbox.isComposed()).toBe(false);

    expect(built.ok).toBe(false);
    expect(built.ran.at(-1)).toBe(at);
    expect(workshop().toolbox.calls()).not.toContain('docker push');
    expect(chartHead()).toBe(head);
  });

  it('uses an image that was pushed already instead of overwriting it', async () => {
    const first = await workshop()
      .build({
        job: 'image',
        before: {
          script: 'ci/bump-chart.sh',
          run: () => {
            throw new Error('the agent was switched off');
          },
        },
      })
      .catch(error => error);
    expect(first).toBeInstanceOf(Error);
    expect(workshop().read('orders-chart', 'image.yaml')).toBeUndefined();

    const second = await workshop().build({ job: 'image' });
    expect(second.log).toContain('exists already');
    expect(imageRecordOf(second).imageTest).toEqual({
      passed: 1,
      failed: 0,
      skipped: 0,
    });
    expect(
      workshop()
        .toolbox.calls()
        .match(/docker push/g),
    ).toHaveLength(1);
    expect(workshop().read('orders-chart', 'image.yaml')).toContain(
      imageRecordOf(second).image.digest,
    );
  });

  it('shows no credential in its log, its workspace or the arguments of a command', async () => {
    const built = await workshop().build({
      job: 'image',
      environment: {
        GIT_PUSH_USR: 'robot',
        GIT_PUSH_PSW: 'canary-git',
        IMAGE_REGISTRY_LOGIN_USR: 'robot',
        IMAGE_REGISTRY_LOGIN_PSW: 'canary-registry',
      },
    });
    expect(built.ok).toBe(true);
    expect(built.log).not.toContain('canary');
    expect(workshop().toolbox.calls()).not.toContain('canary');
    expect(workshop().toolbox.calls()).toContain(
      '--password-stdin registry.test:5000',
    );
    const inFiles = execFileSync('sh', ['-c', 'grep -r -l canary . || true'], {
      cwd: built.workspace,
      encoding: 'utf8',
    });
    expect(inFiles).toBe('');
    expect(existsSync(join(built.workspace, 'build', 'docker'))).toBe(false);
  });
});
