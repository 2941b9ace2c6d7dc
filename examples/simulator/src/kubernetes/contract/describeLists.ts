// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@backstage/types';
import { at, ContractNamespace, itemsOf, namesOf } from './ContractNamespace';
import type {
  KubernetesApiCapabilities,
  KubernetesApiUnderTest,
} from './describeKubernetesApi';

/** Lists: pages, selectors, and a page that comes too late. */
export function describeLists(
  server: () => KubernetesApiUnderTest,
  capabilities: KubernetesApiCapabilities,
): void {
  describe('lists', () => {
    let space: ContractNamespace;
    beforeEach(async () => {
      space = await ContractNamespace.create(server());
    });
    afterEach(() => space.remove());

    const selected = async (query: string) =>
      namesOf(
        await space.client.ok({ path: `${space.path('configmaps')}?${query}` }),
      );
    const labels = 'labelSelector=suite%3Dcontract';

    it('gives every page of a list from the same moment', async () => {
      for (let index = 10; index < 35; index += 1) {
        await space.configMap(`map-${index}`, {
          labels: { suite: 'contract' },
        });
      }
      const path = `${space.path('configmaps')}?${labels}&limit=10`;
      const first = await space.client.ok({ path });
      await space.client.ok({
        method: 'DELETE',
        path: space.path('configmaps', 'map-30'),
      });
      await space.configMap('map-99', { labels: { suite: 'contract' } });

      const pages: JsonObject[] = [first];
      let token = at(first, 'metadata.continue');
      while (typeof token === 'string' && token !== '') {
        const page = await space.client.ok({
          path: `${path}&continue=${encodeURIComponent(token)}`,
        });
        pages.push(page);
        token = at(page, 'metadata.continue');
      }
      expect(pages.map(page => itemsOf(page).length)).toEqual([10, 10, 5]);
      const names = pages.flatMap(namesOf);
      expect(new Set(names).size).toBe(25);
      expect(names).toContain('map-30');
      expect(names).not.toContain('map-99');
      const versions = pages.map(page => at(page, 'metadata.resourceVersion'));
      expect(new Set(versions).size).toBe(1);
    });

    it('says how many items are left when nothing is filtered', async () => {
      await space.configMap('a');
      await space.configMap('b');
      await space.configMap('c');
      const all = await space.client.ok({ path: space.path('configmaps') });
      const page = await space.client.ok({
        path: `${space.path('configmaps')}?limit=1`,
      });
      expect(at(page, 'metadata.remainingItemCount')).toBe(
        itemsOf(all).length - 1,
      );
    });

    if (capabilities.compacts) {
      it('answers 410 with a fresh token for a page that comes too late', async () => {
        await space.configMap('a');
        await space.configMap('b');
        const path = `${space.path('configmaps')}?limit=1`;
        const first = await space.client.ok({ path });
        await space.configMap('c');
        await server().compact?.();
        const token = encodeURIComponent(
          String(at(first, 'metadata.continue')),
        );
        const late = await space.client.send({
          path: `${path}&continue=${token}`,
        });
        expect(late).toMatchObject({
          status: 410,
          body: { kind: 'Status', reason: 'Expired', code: 410 },
        });
        const fresh = encodeURIComponent(
          String(at(late.body, 'metadata.continue')),
        );
        const rest = await space.client.ok({
          path: `${path}&continue=${fresh}`,
        });
        expect(itemsOf(rest)).toHaveLength(1);
      });
    }

    it('selects by labels', async () => {
      await space.configMap('a', {
        labels: { suite: 'contract', tier: 'front' },
      });
      await space.configMap('b', {
        labels: { suite: 'contract', tier: 'back' },
      });
      await space.configMap('c', { labels: { suite: 'contract' } });
      const select = (selector: string) =>
        selected(`labelSelector=${encodeURIComponent(selector)}`);
      await expect(select('suite=contract,tier=front')).resolves.toEqual(['a']);
      await expect(select('suite=contract,tier!=front')).resolves.toEqual([
        'b',
        'c',
      ]);
      await expect(select('tier in (front, back)')).resolves.toEqual([
        'a',
        'b',
      ]);
      await expect(
        select('suite==contract,tier notin (front)'),
      ).resolves.toEqual(['b', 'c']);
      await expect(select('suite,!tier')).resolves.toEqual(['c']);
      await expect(select('tier')).resolves.toEqual(['a', 'b']);
      const bad = await space.client.send({
        path: `${space.path('configmaps')}?labelSelector=${encodeURIComponent(
          'tier in front',
        )}`,
      });
      expect(bad).toMatchObject({
        status: 400,
        body: { reason: 'BadRequest' },
      });
    });

    it('selects by the few fields a kind supports', async () => {
      await space.configMap('a');
      await space.configMap('b');
      await expect(
        selected('fieldSelector=metadata.name%3Db'),
      ).resolves.toEqual(['b']);
      const bad = await space.client.send({
        path: `${space.path('configmaps')}?fieldSelector=data.a%3D1`,
      });
      expect(bad).toMatchObject({
        status: 400,
        body: { reason: 'BadRequest' },
      });
      expect(bad.body.message).toContain(
        '"data.a" is not a known field selector',
      );
      const pods = await space.client.send({
        path: `${space.path('pods')}?fieldSelector=spec.nothing%3D1`,
      });
      expect(pods.body.message).toBe('field label not supported: spec.nothing');
    });

    it('lists over all namespaces', async () => {
      await space.configMap('everywhere', { labels: { home: space.name } });
      const list = await space.client.ok({
        path: `/api/v1/configmaps?labelSelector=home%3D${space.name}`,
      });
      expect(list).toMatchObject({ kind: 'ConfigMapList', apiVersion: 'v1' });
      expect(at(list, 'items.0.metadata.namespace')).toBe(space.name);
    });
  });
}
