// SPDX-License-Identifier: Apache-2.0
import { releaseRecordOf } from './__testUtils__/records';
import { hasKustomize, useWorkshop } from './__testUtils__/useWorkshop';

const OTHER_IMAGE = `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../../base
images:
  - name: service
    newName: elsewhere.test/evil
    newTag: "1"
patches:
  - patch: |
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: orders
      spec:
        template:
          spec:
            containers:
              - name: orders
                image: elsewhere.test/evil:1
`;

describe('the chart job of a service that is rendered with Kustomize', () => {
  const workshop = useWorkshop({
    built: true,
    values: () => ({ renderer: 'kustomize' }),
  });

  it('packages, tags and hands over what Spinnaker renders', async () => {
    const built = await workshop().build({ job: 'chart' });
    expect(built.log).not.toContain('error:');
    expect(built.ran).toEqual([
      ...['ci/lint.sh', 'ci/template.sh', 'ci/package.sh', 'ci/push.sh'],
      ...['ci/tag.sh', 'ci/release.sh', 'ci/hand-over.sh'],
    ]);
    const { chart, images, values } = releaseRecordOf(built);
    expect(chart).toMatchObject({ name: 'orders', version: '0.1.2' });
    expect(Object.keys(values.files).sort()).toEqual([
      ...['dev', 'prod', 'staging'],
    ]);
    expect(workshop().vendors.charts.has('orders-0.1.2.tgz')).toBe(true);
    expect(workshop().vendors.webhooks).toMatchObject([
      { body: { parameters: { chartVersion: '0.1.2' } } },
    ]);

    // the tag has the image by digest; the branch leaves it to image.yaml
    const show = (path: string) => workshop().ask('orders-chart', 'show', path);
    expect(show('0.1.2:release/kustomization.yaml')).toContain(
      `digest: "${images[0].digest}"`,
    );
    expect(show('main:release/kustomization.yaml')).not.toContain('digest:');
    for (const environment of ['dev', 'staging', 'prod']) {
      const overlay = `overlays/${environment}/kustomization.yaml`;
      expect(show(`0.1.2:${overlay}`)).toBe(show(`main:${overlay}`));
    }
  });

  it('leaves a tag that is there where it is', async () => {
    const first = await workshop().build({ job: 'chart' });
    expect(first.ok).toBe(true);
    const tagged = workshop().ask('orders-chart', 'rev-parse', '0.1.2');

    // the same commit again gives the same package and the same tag
    const again = await workshop().build({ job: 'chart' });
    expect(again.log).toContain('has this very tag already');
    expect(workshop().ask('orders-chart', 'rev-parse', '0.1.2')).toBe(tagged);

    workshop().ask('orders-chart', 'tag', '--force', '0.1.2', 'main');
    const refused = await workshop().build({ job: 'chart' });
    expect(refused.ok).toBe(false);
    expect(refused.ran.at(-1)).toBe('ci/tag.sh');
    expect(refused.log).toContain('has something else tagged 0.1.2');
  });

  it('refuses an environment that has no overlay', async () => {
    workshop().commit('orders-chart', {
      'values-qa.yaml': 'environment: qa\n',
    });
    const built = await workshop().build({ job: 'chart' });
    const refused = 'but no overlays/qa/kustomization.yaml in the commit';
    expect([built.ok, built.log.includes(refused)]).toEqual(
      // an agent that cannot render says so instead
      hasKustomize ? [false, true] : [true, false],
    );
  });

  if (hasKustomize) {
    it('refuses an overlay that runs another image', async () => {
      workshop().commit('orders-chart', {
        'overlays/prod/kustomization.yaml': OTHER_IMAGE,
      });
      const built = await workshop().build({ job: 'chart' });
      expect(built.ok).toBe(false);
      expect(built.ran).toEqual(['ci/lint.sh', 'ci/template.sh']);
      expect(built.log).toContain("prod: the image 'elsewhere.test/evil");
      expect(workshop().vendors.charts.size).toBe(0);
    });
  }
});
