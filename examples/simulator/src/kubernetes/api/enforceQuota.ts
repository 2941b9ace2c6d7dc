// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { ApiError } from '../model/ApiError';
import type { KindTable } from '../model/KindTable';
import { qualifiedResource, type ResourceKind } from '../model/ResourceKind';
import type { ObjectStore } from '../store/ObjectStore';

const quotaSpecSchema = z.object({
  hard: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
});

/**
 * Refuses a new object that a ResourceQuota of its namespace has no room for.
 *
 * @remarks
 * Counts objects only (`pods`, `services`, `count/deployments.apps`); amounts of CPU and
 * memory are not tracked.
 *
 * @throws ApiError 403 with the real server's sentence.
 */
export function enforceQuota(options: {
  store: ObjectStore;
  kinds: KindTable;
  kind: ResourceKind;
  namespace: string;
  name: string;
}): void {
  const { store, kinds, kind, namespace, name } = options;
  const keys = [`count/${qualifiedResource(kind)}`];
  if (kind.group === '') {
    keys.push(kind.resource);
  }
  for (const quota of store.list(kinds.get('ResourceQuota'), namespace)) {
    const { hard } = quotaSpecSchema.parse(quota.spec ?? {});
    for (const key of keys) {
      const used = store.list(kind, namespace).length;
      if (hard[key] !== undefined && used + 1 > Number(hard[key])) {
        throw ApiError.forbidden(
          kind,
          name,
          `exceeded quota: ${quota.metadata.name}, requested: ${key}=1, used: ${key}=${used}, limited: ${key}=${hard[key]}`,
        );
      }
    }
  }
}
