// SPDX-License-Identifier: Apache-2.0
import { GateState } from '../../model/GateState';
import { copyJson, isJsonMap, Json, JsonMap } from '../../model/Json';
import { manifestName, objectName, spinnakerKind } from './manifestName';

const FIRST = ['Namespace', 'ServiceAccount', 'ConfigMap', 'Secret', 'Service'];
const WITH_PODS = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Job',
];

/** One object ready to be applied, and the artifact that Spinnaker makes of it. */
export interface PreparedManifest {
  manifest: JsonMap;
  artifact: JsonMap;
}

/**
 * Turns manifests into what Clouddriver sends to the API server: namespace, labels,
 * annotations, versioned configuration, in the order of application.
 *
 * @remarks
 * A ConfigMap of the same data keeps its version, and Workloads are pointed at the
 * versioned name.
 */
export function prepareManifests(options: {
  manifests: JsonMap[];
  account: string;
  namespace: string;
  application: string;
  state: GateState;
}): PreparedManifest[] {
  const { manifests, account, namespace, application, state } = options;
  const versionedNames = new Map<string, string>();
  return [...manifests]
    .sort((a, b) => order(a) - order(b))
    .map(original => {
      const manifest = copyJson(original);
      const metadata = child(manifest, 'metadata');
      metadata.namespace = namespace;
      const name = objectName(manifest);
      const version = isVersioned(manifest)
        ? versionOf({ manifest, account, namespace, state })
        : '';
      const applied = version ? `${name}-${version}` : name;
      if (version) {
        metadata.name = applied;
        versionedNames.set(`${manifest.kind}/${name}`, applied);
      }
      const annotations: JsonMap = {
        'artifact.spinnaker.io/location': namespace,
        'artifact.spinnaker.io/name': name,
        'artifact.spinnaker.io/type': `kubernetes/${spinnakerKind(manifest)}`,
        'artifact.spinnaker.io/version': version,
        'moniker.spinnaker.io/application': application,
        'moniker.spinnaker.io/cluster': `${spinnakerKind(manifest)} ${name}`,
      };
      decorate({ metadata, annotations, application });
      if (WITH_PODS.includes(String(manifest.kind))) {
        const template = child(child(manifest, 'spec'), 'template');
        decorate({
          metadata: child(template, 'metadata'),
          annotations,
          application,
        });
        pointAtVersions(template, versionedNames);
      }
      return {
        manifest,
        artifact: {
          customKind: false,
          location: namespace,
          metadata: { account },
          name,
          reference: applied,
          type: `kubernetes/${spinnakerKind(manifest)}`,
          version,
        },
      };
    });
}

/** The images of the Workloads among some manifests. */
export function imagesOf(manifests: JsonMap[]): string[] {
  const images: string[] = [];
  const walk = (value: Json) => {
    if (Array.isArray(value)) {
      value.forEach(walk);
    } else if (isJsonMap(value)) {
      for (const [key, inner] of Object.entries(value)) {
        if (key === 'image' && typeof inner === 'string') {
          images.push(inner);
        } else {
          walk(inner);
        }
      }
    }
  };
  manifests
    .filter(({ kind }) => WITH_PODS.includes(String(kind)))
    .forEach(walk);
  return images;
}

/** Names by namespace, as in `outputs.manifestNamesByNamespace`. */
export function namesByNamespace(
  manifests: JsonMap[],
  namespace: string,
): JsonMap {
  return { [namespace]: manifests.map(manifestName) };
}

function order(manifest: JsonMap): number {
  const index = FIRST.indexOf(String(manifest.kind));
  return index === -1 ? FIRST.length : index;
}

function isVersioned(manifest: JsonMap): boolean {
  const { annotations } = child(manifest, 'metadata');
  const off =
    isJsonMap(annotations) &&
    annotations['strategy.spinnaker.io/versioned'] === 'false';
  return ['ConfigMap', 'Secret'].includes(String(manifest.kind)) && !off;
}

function versionOf(options: {
  manifest: JsonMap;
  account: string;
  namespace: string;
  state: GateState;
}): string {
  const { manifest, account, namespace, state } = options;
  const key = `${account}/${namespace}/${manifestName(manifest)}`;
  const content = JSON.stringify([
    manifest.data ?? {},
    manifest.binaryData ?? {},
    manifest.stringData ?? {},
  ]);
  const known = (state.artifactVersions[key] ??= []);
  const same = known.find(one => one.content === content);
  if (same) {
    return same.version;
  }
  const version = `v${String(known.length).padStart(3, '0')}`;
  known.push({ version, content });
  return version;
}

function decorate(options: {
  metadata: JsonMap;
  annotations: JsonMap;
  application: string;
}): void {
  const { metadata, annotations, application } = options;
  metadata.labels = {
    'app.kubernetes.io/name': application,
    ...(isJsonMap(metadata.labels) ? metadata.labels : {}),
    'app.kubernetes.io/managed-by': 'spinnaker',
  };
  metadata.annotations = {
    ...(isJsonMap(metadata.annotations) ? metadata.annotations : {}),
    ...annotations,
  };
}

const REFERENCES: Record<string, { kind: string; key: string }> = {
  configMap: { kind: 'ConfigMap', key: 'name' },
  configMapRef: { kind: 'ConfigMap', key: 'name' },
  configMapKeyRef: { kind: 'ConfigMap', key: 'name' },
  secret: { kind: 'Secret', key: 'secretName' },
  secretRef: { kind: 'Secret', key: 'name' },
  secretKeyRef: { kind: 'Secret', key: 'name' },
};

function pointAtVersions(value: Json, names: Map<string, string>): void {
  if (Array.isArray(value)) {
    value.forEach(item => pointAtVersions(item, names));
    return;
  }
  if (!isJsonMap(value)) {
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    const reference = REFERENCES[key];
    if (reference && isJsonMap(inner)) {
      const applied = names.get(`${reference.kind}/${inner[reference.key]}`);
      if (applied) {
        inner[reference.key] = applied;
      }
    }
    pointAtVersions(inner, names);
  }
}

function child(parent: JsonMap, key: string): JsonMap {
  const existing = parent[key];
  if (isJsonMap(existing)) {
    return existing;
  }
  const created: JsonMap = {};
  parent[key] = created;
  return created;
}
