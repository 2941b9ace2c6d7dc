// SPDX-License-Identifier: Apache-2.0
import type { JsonObject, JsonValue } from '@backstage/types';
import { isJsonObject, type ObjectManifest } from '../model/KubernetesObject';

type Defaults = (spec: JsonObject) => JsonObject;

const ROLLING_UPDATE = { maxUnavailable: '25%', maxSurge: '25%' };

const DEFAULTS: { [kind: string]: Defaults } = {
  Pod: spec => ({ enableServiceLinks: true, ...defaultPodSpec(spec) }),
  Deployment: spec => ({
    replicas: 1,
    revisionHistoryLimit: 10,
    progressDeadlineSeconds: 600,
    ...spec,
    strategy: defaultStrategy(spec.strategy),
    template: defaultTemplate(spec.template),
  }),
  ReplicaSet: spec => ({
    replicas: 1,
    ...spec,
    template: defaultTemplate(spec.template),
  }),
  StatefulSet: spec => ({
    replicas: 1,
    revisionHistoryLimit: 10,
    podManagementPolicy: 'OrderedReady',
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
    ...spec,
    template: defaultTemplate(spec.template),
  }),
  DaemonSet: spec => ({
    revisionHistoryLimit: 10,
    updateStrategy: {
      type: 'RollingUpdate',
      rollingUpdate: { maxUnavailable: 1, maxSurge: 0 },
    },
    ...spec,
    template: defaultTemplate(spec.template),
  }),
  Job: spec => ({
    parallelism: 1,
    completions: 1,
    backoffLimit: 6,
    completionMode: 'NonIndexed',
    suspend: false,
    ...spec,
    template: defaultTemplate(spec.template),
  }),
  Service: spec => ({
    type: 'ClusterIP',
    sessionAffinity: 'None',
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
    internalTrafficPolicy: 'Cluster',
    ...spec,
    ports: each(spec.ports, port => ({
      protocol: 'TCP',
      targetPort: port.port,
      ...port,
    })),
  }),
  Namespace: spec => ({ finalizers: ['kubernetes'], ...spec }),
};

/** Fills in the fields that the API server sets when a client leaves them out. */
export function defaultObject(manifest: ObjectManifest): ObjectManifest {
  const defaults = DEFAULTS[manifest.kind];
  if (!defaults) {
    return manifest;
  }
  const spec = isJsonObject(manifest.spec) ? manifest.spec : {};
  return { ...manifest, spec: defaults(withoutNulls(spec)) };
}

/** The real server reads into typed fields, where a `null` is the same as nothing. */
function withoutNulls(object: JsonObject): JsonObject {
  const clean = (value: JsonValue): JsonValue => {
    if (Array.isArray(value)) {
      return value.filter(item => item !== null).map(clean);
    }
    return isJsonObject(value) ? withoutNulls(value) : value;
  };
  return Object.fromEntries(
    Object.entries(object).flatMap(([key, value]) =>
      value === null || value === undefined ? [] : [[key, clean(value)]],
    ),
  );
}

function defaultStrategy(strategy: JsonValue | undefined): JsonObject {
  if (!isJsonObject(strategy)) {
    return { type: 'RollingUpdate', rollingUpdate: ROLLING_UPDATE };
  }
  if (strategy.type === 'Recreate') {
    return strategy;
  }
  const given = isJsonObject(strategy.rollingUpdate)
    ? strategy.rollingUpdate
    : {};
  return {
    type: 'RollingUpdate',
    ...strategy,
    rollingUpdate: { ...ROLLING_UPDATE, ...given },
  };
}

function defaultTemplate(
  template: JsonValue | undefined,
): JsonValue | undefined {
  return isJsonObject(template) && isJsonObject(template.spec)
    ? {
        ...template,
        metadata: isJsonObject(template.metadata) ? template.metadata : {},
        spec: defaultPodSpec(template.spec),
      }
    : template;
}

function defaultPodSpec(spec: JsonObject): JsonObject {
  const initContainers = each(spec.initContainers, defaultContainer);
  return {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
    ...spec,
    containers: each(spec.containers, defaultContainer),
    ...(initContainers === undefined ? {} : { initContainers }),
  };
}

function defaultContainer(container: JsonObject): JsonObject {
  const ports = each(container.ports, port => ({ protocol: 'TCP', ...port }));
  return {
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: pullPolicy(String(container.image ?? '')),
    ...container,
    ...(ports === undefined ? {} : { ports }),
  };
}

function pullPolicy(image: string): string {
  const name = image.slice(image.lastIndexOf('/') + 1);
  const floating = !name.includes(':') || name.endsWith(':latest');
  return floating && !name.includes('@') ? 'Always' : 'IfNotPresent';
}

function each(
  list: JsonValue | undefined,
  change: (item: JsonObject) => JsonObject,
): JsonValue | undefined {
  return Array.isArray(list)
    ? list.map(item => (isJsonObject(item) ? change(item) : item))
    : list;
}
