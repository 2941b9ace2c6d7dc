// SPDX-License-Identifier: Apache-2.0
import { registerMswTestHooks } from '@backstage/backend-test-utils';
import { setupServer } from 'msw/node';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Buildah } from '../__testUtils__/Buildah';
import { emptyVendors } from '../__testUtils__/emptyVendors';
import { OciRegistry } from '../__testUtils__/OciRegistry';
import { imageRecordOf, releaseRecordOf } from '../__testUtils__/records';
import { scaffoldService } from '../__testUtils__/scaffoldService';
import { hasHelm, REQUIRED } from '../__testUtils__/useWorkshop';
import { VendorServer } from '../__testUtils__/VendorServer';
import { Workshop } from '../__testUtils__/Workshop';

const opened = Buildah.open();
const handOverSchema = z.object({
  parameters: z.object({ chartBase64: z.string() }),
});

if (opened instanceof Buildah && OciRegistry.program() && hasHelm) {
  describe('the build scripts on a real registry', () => {
    // each build makes a real image
    jest.setTimeout(180_000);
    registerMswTestHooks(setupServer(...emptyVendors()));
    const buildah: Buildah = opened;
    let registry: OciRegistry;
    let vendors: VendorServer;
    let workshop: Workshop;
    const base = () => `${registry.host}/base/node:22`;
    const environment = () => ({
      CHART_REPOSITORY_URL: `oci://${registry.host}/charts`,
      CHART_REPOSITORY_PLAIN_HTTP: 'true',
    });
    const images = () => registry.tags('northwind/orders');
    const buildChart = (more: Record<string, string> = {}) =>
      workshop.build({
        job: 'chart',
        environment: { ...environment(), ...more },
      });
    const publishBase = (content: string) => {
      buildah.makeBase(base(), content);
      buildah.push(base());
    };

    beforeAll(async () => {
      registry = await OciRegistry.start();
      vendors = await VendorServer.start();
    });
    beforeEach(async () => {
      if (workshop) {
        return;
      }
      publishBase('one');
      workshop = await Workshop.open({
        scaffold: await scaffoldService({
          values: {
            ...REQUIRED,
            imageRegistry: registry.host,
            baseImage: base(),
            chartHandover: 'oci',
          },
        }),
        vendors,
        helm: true,
      });
      writeFileSync(
        join(workshop.toolbox.path, 'docker'),
        buildah.dockerScript(),
        { mode: 0o755 },
      );
    });
    afterAll(async () => {
      workshop?.close();
      await vendors?.stop();
      await registry?.stop();
      buildah.close();
    });

    it('push an image and a chart of a change of the source, as the records say', async () => {
      const image = imageRecordOf(await workshop.build({ job: 'image' }));
      expect(image.change).toBe('source');
      expect(image.base.digest).toBe(await registry.digest('base/node', '22'));
      expect(await images()).toEqual([image.image.tag]);
      expect(image.image.digest).toBe(
        await registry.digest('northwind/orders', image.image.tag),
      );

      const release = releaseRecordOf(await buildChart());
      expect(release.images[0].digest).toBe(image.image.digest);
      expect(release.chart.repository).toBe(environment().CHART_REPOSITORY_URL);
      // an OCI registry keeps the package as it is
      expect(await registry.layers('charts/orders', '0.1.2')).toEqual([
        release.chart.digest,
      ]);
      // and Spinnaker gets these very bytes
      const { parameters } = handOverSchema.parse(vendors.webhooks[0].body);
      const given = Buffer.from(parameters.chartBase64, 'base64');
      expect(createHash('sha256').update(given).digest('hex')).toBe(
        release.chart.digest.slice('sha256:'.length),
      );
    });

    it('refuse a classic chart repository, which the service was not made for', async () => {
      const built = await buildChart({ CHART_REPOSITORY_URL: vendors.url });
      expect(built.ran.at(-1)).toBe('ci/push.sh');
      expect(built.log).toContain('is not an OCI registry');
      const classic = await buildChart({
        CHART_REGISTRY: 'classic',
        CHART_HAND_OVER: 'registry',
      });
      expect(classic.ran.at(-1)).toBe('ci/push.sh');
      expect(classic.log).toContain('which not every Spinnaker reads');
      expect(vendors.charts.size).toBe(0);
    });

    it('do nothing when the base image is the same', async () => {
      const before = await images();
      const head = workshop.ask('orders-chart', 'rev-parse', 'main');
      const built = await workshop.build({ job: 'image' });
      expect(built.ok).toBe(true);
      expect(built.record).toBeUndefined();
      expect(built.log).toContain('Nothing to do');
      expect(await images()).toEqual(before);
      expect(workshop.ask('orders-chart', 'rev-parse', 'main')).toBe(head);
    });

    it('push the same package once, and refuse other bytes under its version', async () => {
      const again = await buildChart();
      expect(again.log).toContain('has this very package already');
      expect(await registry.tags('charts/orders')).toEqual(['0.1.2']);

      // a history of the same length with something else in it
      workshop.commit('orders-chart', { 'NOTES.md': 'one' });
      const first = await buildChart();
      expect(first.log).not.toContain('error:');
      const kept = await registry.layers('charts/orders', '0.1.3');
      workshop.ask('orders-chart', 'update-ref', 'refs/heads/main', 'main~1');
      workshop.commit('orders-chart', {
        'values.yaml': `${workshop.read(
          'orders-chart',
          'values.yaml',
        )}# other\n`,
      });
      const other = await buildChart();
      expect(other.ok).toBe(false);
      expect(other.ran.at(-1)).toBe('ci/push.sh');
      expect(other.log).toContain('never overwritten');
      expect(await registry.layers('charts/orders', '0.1.3')).toEqual(kept);
    });

    it('make a Release of a change of the values alone', async () => {
      const before = await images();
      workshop.commit('orders-chart', {
        'values-prod.yaml': 'environment: prod\nreplicas: 5\n',
      });
      const release = releaseRecordOf(await buildChart());
      expect(release.change.kind).toBe('configuration');
      expect(await images()).toEqual(before);
    });

    it('rebuild on a new base image under a tag of its own', async () => {
      const before = await images();
      publishBase('two');
      const image = imageRecordOf(await workshop.build({ job: 'image' }));
      expect(image).toMatchObject({ change: 'base-image', commits: [] });
      expect(image.base.digest).toBe(await registry.digest('base/node', '22'));
      expect((await images()).sort()).toEqual(
        [...before, image.image.tag].sort(),
      );
      const release = releaseRecordOf(await buildChart());
      expect(release.change.kind).toBe('base-image');
    });

    it('leave a newer image alone when an older build ends late', async () => {
      const older = workshop.ask('orders', 'rev-parse', 'main');
      publishBase('three');
      const late = await workshop.build({
        job: 'image',
        commit: older,
        before: {
          script: 'ci/bump-chart.sh',
          run: async () => {
            workshop.commit('orders', { 'NOTES.md': 'newer' });
            await workshop.build({ job: 'image' });
          },
        },
      });
      expect(late.log).toContain('image of a newer build');
      expect(workshop.read('orders-chart', 'image.yaml')).not.toContain(older);
    });

    it('fail and say so when Gate is down', async () => {
      workshop.commit('orders-chart', {
        'values-dev.yaml': 'environment: dev\nreplicas: 2\n',
      });
      const built = await buildChart({ SPINNAKER_URL: 'http://127.0.0.1:1' });
      expect(built.ok).toBe(false);
      expect(built.ran.at(-1)).toBe('ci/hand-over.sh');
      expect(built.log).toContain(
        'error: Spinnaker at http://127.0.0.1:1 cannot be reached',
      );
    });

    it.each([
      {
        fault: 'a test fails',
        at: 'ci/test.sh',
        spoil: () =>
          workshop.commit('orders', {
            'test/broken.test.js':
              "import { test } from 'node:test';\ntest('fails', () => { throw new Error('no'); });\n",
          }),
        mend: () =>
          workshop.commit('orders', {
            'test/broken.test.js':
              "import { test } from 'node:test';\ntest('passes', () => {});\n",
          }),
      },
      {
        fault: 'the scan finds something critical',
        at: 'ci/scan.sh',
        spoil: () => workshop.toolbox.setFindings(['CRITICAL']),
        mend: () => workshop.toolbox.setFindings([]),
      },
    ])('push nothing when $fault', async ({ at, spoil, mend }) => {
      const before = await images();
      const head = workshop.ask('orders-chart', 'rev-parse', 'main');
      spoil();
      const built = await workshop.build({ job: 'image' });
      expect(built.ok).toBe(false);
      expect(built.ran.at(-1)).toBe(at);
      expect(await images()).toEqual(before);
      expect(workshop.ask('orders-chart', 'rev-parse', 'main')).toBe(head);
      mend();
    });
  });
} else {
  it('NOT SHOWN ON A REAL REGISTRY: it takes Buildah, docker-registry and Helm', () => {
    expect(
      OciRegistry.program() && hasHelm && opened instanceof Buildah,
    ).not.toBe(true);
  });
}
