// SPDX-License-Identifier: Apache-2.0
import { at, ContractNamespace } from './ContractNamespace';
import type {
  KubernetesApiCapabilities,
  KubernetesApiUnderTest,
} from './describeKubernetesApi';
import type { WatchLine, WatchReader } from './WatchReader';

const MERGE = 'application/merge-patch+json';

/** Watches: order, resumption, selectors, bookmarks, and a version that is too old. */
export function describeWatches(
  server: () => KubernetesApiUnderTest,
  capabilities: KubernetesApiCapabilities,
): void {
  describe('watches', () => {
    let space: ContractNamespace;
    let open: WatchReader[];
    beforeEach(async () => {
      space = await ContractNamespace.create(server());
      open = [];
    });
    afterEach(async () => {
      open.forEach(watch => watch.close());
      await space.remove();
    });

    const watch = async (query: string) => {
      const reader = await space.client.watch(
        `${space.path('configmaps')}?watch=true&labelSelector=suite&${query}`,
      );
      open.push(reader);
      return reader;
    };
    const labels = { suite: 'contract' };
    const relabel = (name: string, change: { [key: string]: string | null }) =>
      space.client.ok({
        method: 'PATCH',
        path: space.path('configmaps', name),
        contentType: MERGE,
        body: { metadata: { labels: change } },
      });
    const remove = (name: string) =>
      space.client.ok({
        method: 'DELETE',
        path: space.path('configmaps', name),
      });
    const version = async () => {
      const list = await space.client.ok({ path: space.path('configmaps') });
      return String(at(list, 'metadata.resourceVersion'));
    };
    const told = (line: WatchLine | undefined) =>
      line && `${line.type} ${at(line.object, 'metadata.name')}`;

    it('tells each change once, in order, with rising versions', async () => {
      const reader = await watch(`resourceVersion=${await version()}`);
      await space.configMap('a', { labels });
      await relabel('a', { more: 'x' });
      await space.configMap('b', { labels });
      await remove('a');
      const lines = [
        await reader.next(),
        await reader.next(),
        await reader.next(),
        await reader.next(),
      ];
      expect(lines.map(told)).toEqual([
        'ADDED a',
        'MODIFIED a',
        'ADDED b',
        'DELETED a',
      ]);
      expect(lines[0]?.object).toMatchObject({
        kind: 'ConfigMap',
        apiVersion: 'v1',
      });
      const versions = lines.map(line =>
        BigInt(String(line && at(line.object, 'metadata.resourceVersion'))),
      );
      const rising = versions.every(
        (each, index) => index === 0 || each > versions[index - 1],
      );
      expect(rising).toBe(true);
    });

    it('goes on from the last version seen, without loss or repetition', async () => {
      const first = await watch(`resourceVersion=${await version()}`);
      await space.configMap('a', { labels });
      const seen = await first.nextOf('ADDED');
      first.close();
      await relabel('a', { more: 'x' });
      await remove('a');
      const from = at(seen.object, 'metadata.resourceVersion');
      const second = await watch(`resourceVersion=${from}`);
      expect(told(await second.next())).toBe('MODIFIED a');
      expect(told(await second.next())).toBe('DELETED a');
    });

    it('starts with what is there when no version is named', async () => {
      await space.configMap('a', { labels });
      const reader = await watch('');
      expect(told(await reader.next())).toBe('ADDED a');
      await space.configMap('b', { labels });
      expect(told(await reader.next())).toBe('ADDED b');
    });

    it('adds what comes to match a selector and deletes what no longer does', async () => {
      await space.configMap('a');
      const reader = await watch(`resourceVersion=${await version()}`);
      await relabel('a', { suite: 'contract' });
      expect(told(await reader.next())).toBe('ADDED a');
      await relabel('a', { suite: null });
      expect(told(await reader.next())).toBe('DELETED a');
    });

    it('sends bookmarks to those who ask', async () => {
      // A real server sends one each minute.
      const reader = await watch(
        `resourceVersion=${await version()}&allowWatchBookmarks=true`,
      );
      await space.configMap('before', { labels });
      const bookmark = await reader.nextOf('BOOKMARK');
      expect(bookmark.object.kind).toBe('ConfigMap');
      const from = String(at(bookmark.object, 'metadata.resourceVersion'));
      await space.configMap('after', { labels });
      const next = await watch(`resourceVersion=${from}`);
      expect(told(await next.next())).toBe('ADDED after');
    }, 150_000);

    it('ends when its time is over', async () => {
      const reader = await watch(
        `resourceVersion=${await version()}&timeoutSeconds=1`,
      );
      await expect(reader.next()).resolves.toBeUndefined();
    });

    if (capabilities.compacts) {
      it('says 410 inside the stream for a version that is too old', async () => {
        await space.configMap('a', { labels });
        await server().compact?.();
        const reader = await watch('resourceVersion=1');
        const line = await reader.next();
        expect(line).toMatchObject({
          type: 'ERROR',
          object: {
            kind: 'Status',
            status: 'Failure',
            reason: 'Expired',
            code: 410,
          },
        });
        expect(line?.object.message).toContain('too old resource version: 1');
        await expect(reader.next()).resolves.toBeUndefined();
      });
    }
  });
}
