// SPDX-License-Identifier: Apache-2.0
import { isJsonMap, JsonMap } from '../../model/Json';

/** A Kubernetes kind as Spinnaker writes it: `configMap`, `deployment`. */
export function spinnakerKind(manifest: JsonMap): string {
  const kind = String(manifest.kind ?? '');
  return kind.charAt(0).toLowerCase() + kind.slice(1);
}

/** Name of an object. */
export function objectName(manifest: JsonMap): string {
  return isJsonMap(manifest.metadata)
    ? String(manifest.metadata.name ?? '')
    : '';
}

/** Kind and name as Spinnaker writes them: `deployment orders`. */
export function manifestName(manifest: JsonMap): string {
  return `${spinnakerKind(manifest)} ${objectName(manifest)}`;
}

/** Splits `deployment orders` into the Kubernetes kind and the name. */
export function parseManifestName(text: string): {
  kind: string;
  name: string;
} {
  const [kind = '', name = ''] = text.split(' ');
  return { kind: kind.charAt(0).toUpperCase() + kind.slice(1), name };
}
