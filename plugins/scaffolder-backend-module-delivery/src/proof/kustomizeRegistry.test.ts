// SPDX-License-Identifier: Apache-2.0
import { OciRegistry } from '../__testUtils__/OciRegistry';
import { releaseRecordOf } from '../__testUtils__/records';
import { hasHelm, useWorkshop } from '../__testUtils__/useWorkshop';

if (OciRegistry.program() && hasHelm) {
  describe('a packaged kustomization on a real registry', () => {
    const workshop = useWorkshop({
      built: true,
      values: () => ({ renderer: 'kustomize' }),
    });
    let registry: OciRegistry;

    beforeAll(async () => {
      registry = await OciRegistry.start();
    });
    afterAll(() => registry?.stop());

    it('is kept as it is, and pushed once', async () => {
      const build = () =>
        workshop().build({
          job: 'chart',
          environment: {
            CHART_REPOSITORY_URL: `oci://${registry.host}/charts`,
            CHART_REPOSITORY_PLAIN_HTTP: 'true',
          },
        });
      const { chart } = releaseRecordOf(await build());
      expect(await registry.layers('charts/orders', chart.version)).toEqual([
        chart.digest,
      ]);
      const again = await build();
      expect(again.log).toContain('has this very package already');
      expect(await registry.tags('charts/orders')).toEqual([chart.version]);
    });
  });
} else {
  it('NOT SHOWN ON A REAL REGISTRY: it takes docker-registry and Helm', () => {
    expect(OciRegistry.program() && hasHelm).not.toBe(true);
  });
}
