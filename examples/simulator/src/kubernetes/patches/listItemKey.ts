// SPDX-License-Identifier: Apache-2.0
import type { JsonValue } from '@backstage/types';
import { isJsonObject } from '../model/KubernetesObject';

const MERGE_KEYS: { [field: string]: string[][] } = {
  containers: [['name']],
  initContainers: [['name']],
  ephemeralContainers: [['name']],
  env: [['name']],
  volumes: [['name']],
  volumeMounts: [['mountPath']],
  volumeDevices: [['devicePath']],
  ports: [
    ['containerPort', 'protocol'],
    ['port', 'protocol'],
  ],
  imagePullSecrets: [['name']],
  hostAliases: [['ip']],
  ownerReferences: [['uid']],
  conditions: [['type']],
  topologySpreadConstraints: [['topologyKey', 'whenUnsatisfiable']],
  secrets: [['name']],
};

const DEFAULTS: { [key: string]: string } = { protocol: 'TCP' };

/**
 * The identity of a list item under the merge rules of the built-in kinds.
 *
 * @remarks
 * Undefined means the list has no such rule and is replaced as a whole.
 */
export function listItemKey(
  field: string,
  item: JsonValue,
): string | undefined {
  if (!isJsonObject(item)) {
    return undefined;
  }
  for (const keys of MERGE_KEYS[field] ?? []) {
    if (item[keys[0]] !== undefined) {
      return JSON.stringify(keys.map(key => item[key] ?? DEFAULTS[key] ?? ''));
    }
  }
  return undefined;
}
