// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { imageRecordOf, releaseRecordOf } from './__testUtils__/records';
import { hasHelm, useWorkshop } from './__testUtils__/useWorkshop';
import type { Built } from './__testUtils__/Workshop';

/** The Deployment of an environment as the template step rendered it. */
function deploymentOf(built: Built, environment: string) {
  const text = readFileSync(
    join(built.workspace, 'build', 'rendered', `${environment}.yaml`),
    'utf8',
  );
  const objects = parseAllDocuments(text).map(document => document.toJS());
  return objects.find(object => object?.kind === 'Deployment');
}

if (hasHelm) {
  describe('a service on a published chart', () => {
    const workshop = useWorkshop({
      built: true,
      values: vendors => ({
        runtime: 'wso2-micro-integrator',
        chart: {
          kind: 'published',
          repository: `${vendors.url}/published`,
          version: '4.0.0-1',
        },
        tiers: {
          production: {
            replicas: 4,
            memory: '2Gi',
            host: '{service}.{environment}.example.com',
          },
        },
      }),
    });

    it('runs the image of the Release and differs per environment only where it should', async () => {
      const built = await workshop().build({ job: 'chart' });
      expect(built.log).not.toContain('error:');
      const release = releaseRecordOf(built);
      const [image] = release.images;
      const objects = ['dev', 'staging', 'prod'].map(environment =>
        deploymentOf(built, environment),
      );
      expect(objects.map(object => object.spec.replicas)).toEqual([1, 2, 4]);
      for (const object of objects) {
        const [container] = object.spec.template.spec.containers;
        expect(container.image).toBe(
          `${image.name}:${image.tag}@${image.digest}`,
        );
      }
      const memory = objects.map(
        object => object.spec.template.spec.containers[0].resources.requests,
      );
      expect(memory).toEqual([
        { cpu: '500m', memory: '512Mi' },
        { cpu: '500m', memory: '512Mi' },
        { cpu: '500m', memory: '2Gi' },
      ]);
      expect(
        readFileSync(
          join(built.workspace, 'build', 'rendered', 'prod.yaml'),
          'utf8',
        ),
      ).toContain('host: orders.prod.example.com');
    });

    it('packs the published chart with it, the same bytes each time', async () => {
      const first = releaseRecordOf(await workshop().build({ job: 'chart' }));
      const again = releaseRecordOf(await workshop().build({ job: 'chart' }));
      expect(again.chart).toEqual(first.chart);
      expect(workshop().vendors.charts.size).toBe(1);
    });

    it('makes a Release of another version of the published chart', async () => {
      const before = workshop().read('orders-chart', 'Chart.yaml') ?? '';
      expect(parse(before).dependencies).toEqual([
        {
          name: 'micro-integrator',
          version: '4.0.0-1',
          repository: `${workshop().vendors.url}/published`,
        },
      ]);
      workshop().commit('orders-chart', {
        'Chart.yaml': before.replace('4.0.0-1', '9.9.9'),
      });
      const built = await workshop().build({ job: 'chart' });
      expect(built.ok).toBe(false);
      expect(built.ran).toEqual(['ci/lint.sh']);
      expect(built.log).toMatch(
        /error: the chart micro-integrator 9\.9\.9 cannot be fetched from http/,
      );
    });

    it.each(['^4.0.0', 'latest', '4.x', ''])(
      'refuses the version %p of a published chart',
      async version => {
        const before = workshop().read('orders-chart', 'Chart.yaml') ?? '';
        workshop().commit('orders-chart', {
          'Chart.yaml': before.replace(
            'version: 4.0.0-1',
            `version: ${version}`,
          ),
        });
        const built = await workshop().build({ job: 'chart' });
        expect(built.ok).toBe(false);
        expect(built.log).toContain('must name one exact version');
      },
    );

    it('lets no environment choose another image', async () => {
      workshop().commit('orders-chart', {
        'values-prod.yaml':
          'environment: prod\nmicro-integrator: { wso2: { deployment: { wso2microIntegrator: { imageTag: evil } } } }\n',
      });
      const built = await workshop().build({ job: 'chart' });
      expect(built.ok).toBe(false);
      expect(built.ran.at(-1)).toBe('ci/template.sh');
      expect(built.log).toMatch(/error: prod: does not run registry\.test/);
    });

    it('tests what can be tested without the runtime', async () => {
      const { firstImage } = workshop();
      expect(firstImage && imageRecordOf(firstImage)).toMatchObject({
        base: { reference: 'wso2/wso2mi:4.4.0' },
        unitTests: { passed: 3, failed: 0 },
      });
      workshop().commit('orders', {
        'src/synapse-configs/api/ServiceAPI.xml':
          '<api name="Other" context="/orders">',
      });
      const built = await workshop().build({ job: 'image' });
      expect(built.ok).toBe(false);
      expect(built.ran.at(-1)).toBe('ci/test.sh');
    });
  });
} else {
  it('is not tried where helm is missing', () => {
    expect(hasHelm).toBe(false);
  });
}
