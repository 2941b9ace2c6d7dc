// SPDX-License-Identifier: Apache-2.0
import {
  EMBEDDED_CHART_MAX_BYTES,
  canonicalJson,
  type Canonical,
} from 'backstage-plugin-delivery-common';
import { START_PARAMETER_PATTERNS } from 'backstage-plugin-spinnaker-client';
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { imageRecordOf, releaseRecordOf } from './__testUtils__/records';
import { hasHelm, useWorkshop } from './__testUtils__/useWorkshop';

const sha256 = (content: string | Buffer) =>
  `sha256:${createHash('sha256').update(content).digest('hex')}`;

const handOverSchema = z.strictObject({
  application: z.string(),
  environment: z.string(),
  parameters: z.strictObject({
    chartVersion: z.string(),
    valuesBase64: z.string(),
    valuesDigest: z.string(),
    fingerprint: z.string(),
  }),
});

const embeddedHandOverSchema = handOverSchema.extend({
  parameters: handOverSchema.shape.parameters.extend({
    chartBase64: z.string(),
  }),
});

describe('the chart job of a scaffolded service', () => {
  const workshop = useWorkshop({ built: true });
  const handOvers = () =>
    workshop().vendors.webhooks.map(({ source, body }) => ({
      source,
      ...handOverSchema.parse(body),
    }));
  const firstRelease = async () => {
    const { firstImage } = workshop();
    if (!firstImage) {
      throw new Error('No image was built');
    }
    const built = await workshop().build({ job: 'chart' });
    return {
      image: imageRecordOf(firstImage),
      built,
      release: releaseRecordOf(built),
    };
  };

  it('makes a Release of the bump and hands it over', async () => {
    const { image, built, release } = await firstRelease();
    const head = workshop().ask('orders-chart', 'rev-parse', 'main');

    expect(release).toMatchObject({
      service: 'component:default/orders',
      number: 2,
      chart: {
        name: 'orders',
        version: '0.1.2',
        repository: workshop().vendors.url,
      },
      values: { commit: head },
      change: { kind: 'source', commits: image.commits },
      images: [{ ...image.image, base: image.base, builtBy: image.build }],
      build: { job: 'orders/chart', number: 1 },
    });
    for (const environment of ['dev', 'staging', 'prod']) {
      expect(release.values.files[environment]).toBe(
        sha256(
          workshop().read('orders-chart', `values-${environment}.yaml`) ?? '',
        ),
      );
    }
    const pushed = workshop().vendors.charts.get('orders-0.1.2.tgz');
    expect(sha256(pushed ?? '')).toBe(release.chart.digest);

    const [handOver] = handOvers();
    expect(handOver).toMatchObject({
      source: 'orders',
      application: 'orders',
      environment: 'dev',
      parameters: {
        chartVersion: '0.1.2',
        valuesDigest: release.values.files.dev,
      },
    });
    expect(
      sha256(Buffer.from(handOver.parameters.valuesBase64, 'base64')),
    ).toBe(release.values.files.dev);
    const fingerprinted: Canonical = {
      chart: release.chart,
      values: release.values,
      images: release.images.map(({ builtBy: _, ...one }) => one),
    };
    expect(handOver.parameters.fingerprint).toBe(
      sha256(canonicalJson(fingerprinted)),
    );
    expect(built.log).not.toContain(':latest');
  });

  if (hasHelm) {
    it('renders every environment with the image of the Release and its own settings', async () => {
      const { image, built } = await firstRelease();
      const texts = ['dev', 'staging', 'prod'].map(environment =>
        readFileSync(
          join(built.workspace, 'build', 'rendered', `${environment}.yaml`),
          'utf8',
        ),
      );
      expect(
        texts.map(text => Number(/replicas: (\d+)/.exec(text)?.[1])),
      ).toEqual([1, 2, 3]);
      for (const text of texts) {
        expect(text).toContain(`${image.image.name}@${image.image.digest}`);
        expect(text).toContain('backstage.io/kubernetes-id: orders');
        expect(text).not.toMatch(/:latest|kind: Secret/);
      }
      // several containers may not all be away at once; a single one has to
      expect(
        texts.map(text => text.includes('kind: PodDisruptionBudget')),
      ).toEqual([false, true, true]);
      // apart from that, replicas and the name of the environment they are the same
      const common = texts.map(text =>
        text
          .replace(
            /---\n# Source: .*poddisruptionbudget.yaml\n[^]*?(?=---\n)/,
            '',
          )
          .replace(/replicas: \d+/, '')
          .replace(/value: "(dev|staging|prod)"/, ''),
      );
      expect(new Set(common).size).toBe(1);
    });

    it('lets no values file choose an image', async () => {
      workshop().commit('orders-chart', {
        'values-prod.yaml': 'environment: prod\nimage: { digest: evil }\n',
      });
      const built = await workshop().build({ job: 'chart' });
      expect(built.ok).toBe(false);
      expect(built.ran.at(-1)).toBe('ci/lint.sh');
    });
  } else {
    it('says that the chart was not rendered where helm is missing', async () => {
      const { built } = await firstRelease();
      expect(built.log).toContain('the chart was not linted');
      expect(built.log).toContain('the environments were not rendered');
    });
  }

  it('packs what the commit says, so that twice the same commit gives the same bytes', async () => {
    const { release } = await firstRelease();
    const again = releaseRecordOf(
      await workshop().build({
        job: 'chart',
        before: {
          script: 'ci/package.sh',
          run: () => new Promise(resolve => setTimeout(resolve, 1100)),
        },
      }),
    );
    expect(again.chart).toEqual(release.chart);
    expect(again.build.number).toBe(2);
    expect(workshop().vendors.charts.size).toBe(1);
    const [first, second] = handOvers();
    expect(second.parameters).toEqual(first.parameters);

    const packed = execFileSync('tar', ['-tzf', '-'], {
      input: workshop().vendors.charts.get('orders-0.1.2.tgz'),
      encoding: 'utf8',
    });
    expect(packed).toContain('orders/image.yaml');
    expect(packed).not.toMatch(/values-|Jenkinsfile|ci\//);
  });

  it('makes a Release of a changed setting, with who changed it', async () => {
    await firstRelease();
    const before = workshop().ask('orders-chart', 'rev-parse', 'main');
    const commit = workshop().commit(
      'orders-chart',
      { 'values-prod.yaml': 'environment: prod\nreplicas: 5\n' },
      { title: 'Five in prod', author: 'Anna Ito <anna@northwind.example>' },
    );
    const release = releaseRecordOf(
      await workshop().build({
        job: 'chart',
        environment: { GIT_PREVIOUS_SUCCESSFUL_COMMIT: before },
      }),
    );
    expect(release.number).toBe(3);
    expect(release.change).toMatchObject({
      kind: 'configuration',
      commits: [
        {
          id: commit,
          title: 'Five in prod',
          author: { name: 'Anna Ito', email: 'anna@northwind.example' },
        },
      ],
    });
  });

  it('tells all changes when several commits become one Release', async () => {
    const { built } = await firstRelease();
    const before = workshop().ask('orders-chart', 'rev-parse', 'main');
    expect(built.ok).toBe(true);
    workshop().commit(
      'orders-chart',
      { 'values-dev.yaml': 'environment: dev\nreplicas: 2\n' },
      { title: 'Two in dev' },
    );
    workshop().commit('orders', { 'A.md': 'a' }, { title: 'Say a' });
    workshop().commit('orders', { 'B.md': 'b' }, { title: 'Say b' });
    await workshop().build({ job: 'image' });
    const release = releaseRecordOf(
      await workshop().build({
        job: 'chart',
        environment: { GIT_PREVIOUS_SUCCESSFUL_COMMIT: before },
      }),
    );
    expect(release.number).toBe(4);
    expect(release.change.kind).toBe('source');
    expect(release.change.commits.map(({ title }) => title)).toEqual([
      'Say a',
      'Say b',
      'Two in dev',
    ]);
  });

  it('does not take a person’s word for where a change comes from', async () => {
    await firstRelease();
    workshop().commit(
      'orders-chart',
      { 'values-prod.yaml': 'environment: prod\nreplicas: 9\n' },
      {
        title: `Nothing to see\n\nDelivery-Change: base-image`,
      },
    );
    const release = releaseRecordOf(await workshop().build({ job: 'chart' }));
    expect(release.change.kind).toBe('configuration');
    expect(release.change.commits).toHaveLength(1);
  });

  it.each([
    {
      title: `He said "no" \\ and $(id) \${x} #{y} {{ z }} \`w\``,
      shown: /^He said "no" \\ and \$\(id\) \$\{x\} #\{y\} \{\{ z \}\} `w`$/,
    },
    {
      title: `ünïcödé 😀 ${'ß'.repeat(150)}😀`,
      shown: /^ünïcödé 😀 ß{80,100}$/,
    },
    { title: 'a tab\there', shown: /^a tab here$/ },
    { title: '<b>bold</b>', shown: /^<b>bold<\/b>$/ },
  ])('carries the commit title $title', async ({ title, shown }) => {
    workshop().commit(
      'orders',
      { 'A.md': title },
      { title, author: 'O"Brien \\ Ö <o@northwind.example>' },
    );
    const image = imageRecordOf(await workshop().build({ job: 'image' }));
    const release = releaseRecordOf(await workshop().build({ job: 'chart' }));
    const commit = release.change.commits.at(-1);
    expect(commit).toEqual(image.commits.at(-1));
    expect(commit?.author.name).toBe('O"Brien \\ Ö');
    expect(commit?.title).toMatch(shown);
    // none of it leaves for Spinnaker
    expect(JSON.stringify(handOvers())).not.toMatch(/[$#{`]\{|bold|Brien/);
  });

  it('refuses a version that exists with other bytes', async () => {
    await workshop().build({ job: 'chart' });
    workshop().vendors.charts.set('orders-0.1.2.tgz', Buffer.from('other'));
    const built = await workshop().build({ job: 'chart' });
    expect(built.ok).toBe(false);
    expect(built.ran.at(-1)).toBe('ci/push.sh');
    expect(built.log).toContain('never overwritten');
    expect(handOvers()).toHaveLength(1);
  });

  it.each([
    { status: 500, body: '{"error":"Internal Server Error"}' },
    { status: 404, body: '' },
    { status: 413, body: '<html>413 Request Entity Too Large</html>' },
    { status: 200, body: '{"eventProcessed":false}' },
    { status: 200, body: '<html>log in</html>' },
  ])('fails when Gate answers $status $body', async gateAnswer => {
    workshop().vendors.gateAnswer = gateAnswer;
    const built = await workshop().build({ job: 'chart' });
    expect(built.ok).toBe(false);
    expect(built.ran.at(-1)).toBe('ci/hand-over.sh');
    expect(built.log).toContain(`Spinnaker at ${workshop().vendors.url}`);
  });

  it('stops before the package on a branch', async () => {
    workshop().commit(
      'orders-chart',
      { 'values-dev.yaml': 'environment: dev\nreplicas: 2\n' },
      { branch: 'idea' },
    );
    const built = await workshop().build({ job: 'chart', branch: 'idea' });
    expect(built.ok).toBe(true);
    expect(built.ran).toEqual(['ci/lint.sh', 'ci/template.sh']);
    expect(workshop().vendors.charts.size).toBe(0);
  });

  it.each(['tag: "latest"', 'digest: ""', 'digest: "sha256:12"'])(
    'refuses an image.yaml with %s',
    async line => {
      const image = workshop().read('orders-chart', 'image.yaml') ?? '';
      const [key] = line.split(':');
      workshop().commit('orders-chart', {
        'image.yaml': image.replace(new RegExp(`^${key}: .*$`, 'm'), line),
      });
      const built = await workshop().build({ job: 'chart' });
      expect(built.ok).toBe(false);
      expect(built.ran).toEqual(['ci/lint.sh']);
      expect(built.log).toContain(`image.yaml: '${key}'`);
    },
  );

  it('logs in where it must and shows no credential', async () => {
    const built = await workshop().build({
      job: 'chart',
      environment: {
        CHART_REPOSITORY_LOGIN_USR: 'robot',
        CHART_REPOSITORY_LOGIN_PSW: 'canary"chart\\',
        SPINNAKER_LOGIN_USR: 'robot',
        SPINNAKER_LOGIN_PSW: 'canary-gate',
      },
    });
    expect(built.ok).toBe(true);
    const basic = (password: string) =>
      `Basic ${Buffer.from(`robot:${password}`).toString('base64')}`;
    expect(workshop().vendors.authorizations).toEqual([
      basic('canary"chart\\'),
      basic('canary-gate'),
    ]);
    expect(built.log).not.toContain('canary');
    expect(
      execFileSync('sh', ['-c', 'grep -r -l canary . || true'], {
        cwd: built.workspace,
        encoding: 'utf8',
      }),
    ).toBe('');
  });
});

describe('the chart job of a service whose chart travels with each start', () => {
  const workshop = useWorkshop({
    built: true,
    values: () => ({ chartHandover: 'embedded' }),
  });
  const handOvers = () =>
    workshop().vendors.webhooks.map(
      ({ body }) => embeddedHandOverSchema.parse(body).parameters,
    );
  const withoutRegistry = { CHART_REPOSITORY_URL: '' };

  it('hands the very package over that it archives, and needs no chart repository', async () => {
    const built = await workshop().build({
      job: 'chart',
      environment: withoutRegistry,
    });
    expect(built.log).not.toContain('error:');
    expect(built.ran).not.toContain('ci/push.sh');
    const { chart } = releaseRecordOf(built);
    expect(chart.repository).toBe('');
    const [{ chartBase64 }] = handOvers();
    expect(START_PARAMETER_PATTERNS.chartBase64.test(chartBase64)).toBe(true);
    expect(sha256(Buffer.from(chartBase64, 'base64'))).toBe(chart.digest);
    const archived = join(built.workspace, 'build', 'orders-0.1.2.tgz');
    expect(sha256(readFileSync(archived))).toBe(chart.digest);
    expect(workshop().vendors.charts.size).toBe(0);
  });

  it('hands over its own package, not a newer one, when it is late', async () => {
    const older = workshop().ask('orders-chart', 'rev-parse', 'main');
    const late = await workshop().build({
      job: 'chart',
      commit: older,
      environment: withoutRegistry,
      before: {
        script: 'ci/package.sh',
        run: () =>
          workshop().commit('orders-chart', {
            'templates/late.yaml':
              'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: late }\n',
          }),
      },
    });
    const newer = await workshop().build({
      job: 'chart',
      environment: withoutRegistry,
    });
    expect(
      handOvers().map(({ chartBase64 }) =>
        sha256(Buffer.from(chartBase64, 'base64')),
      ),
    ).toEqual([late, newer].map(one => releaseRecordOf(one).chart.digest));
    expect(handOvers().map(({ chartVersion }) => chartVersion)).toEqual([
      '0.1.2',
      '0.1.3',
    ]);
  });

  it('refuses a package that is larger than what travels', async () => {
    workshop().commit('orders-chart', {
      // random, so that it does not become smaller when it is packed
      'templates/NOTES.txt': randomBytes(600 * 1024).toString('base64'),
    });
    const built = await workshop().build({
      job: 'chart',
      environment: withoutRegistry,
    });
    expect(built.ok).toBe(false);
    expect(built.ran.at(-1)).not.toBe('ci/hand-over.sh');
    expect(built.log).toMatch(
      new RegExp(
        `error: build/orders-0.1.3.tgz has \\d+ bytes; at most ${EMBEDDED_CHART_MAX_BYTES} travel`,
      ),
    );
    expect(handOvers()).toEqual([]);
  });
});

describe('the chart job of a service without an image', () => {
  const workshop = useWorkshop();

  it('ends well and makes nothing before there is an image', async () => {
    const built = await workshop().build({ job: 'chart' });
    expect(built.ok).toBe(true);
    expect(built.record).toBeUndefined();
    expect(workshop().vendors.charts.size).toBe(0);
    expect(workshop().vendors.webhooks).toEqual([]);
  });
});
