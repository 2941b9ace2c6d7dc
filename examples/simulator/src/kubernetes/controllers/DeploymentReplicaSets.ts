// SPDX-License-Identifier: Apache-2.0
import { isJsonObject, type KubernetesObject } from '../model/KubernetesObject';
import type { DeploymentSpec } from '../model/workloads';
import type { ControllerContext } from './Controller';
import { controllerReference } from './controllerReference';

const REVISION = 'deployment.kubernetes.io/revision';
const HISTORY = 'deployment.kubernetes.io/revision-history';
const DESIRED = 'deployment.kubernetes.io/desired-replicas';
const HASH = 'pod-template-hash';
const NOT_COPIED = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  REVISION,
]);

/** The ReplicaSets of a Deployment, one for each revision that is remembered. */
export class DeploymentReplicaSets {
  readonly #context: ControllerContext;

  constructor(context: ControllerContext) {
    this.#context = context;
  }

  /** All ReplicaSets of a Deployment, oldest revision first. */
  of(deployment: KubernetesObject): KubernetesObject[] {
    const { owned, kinds } = this.#context;
    return owned
      .controlledBy(deployment, kinds.get('ReplicaSet'))
      .sort((a, b) => revisionOf(a) - revisionOf(b));
  }

  /** The ReplicaSet of a Pod template, or undefined when there is none. */
  find(
    deployment: KubernetesObject,
    hash: string,
  ): KubernetesObject | undefined {
    return this.of(deployment).find(
      set => set.metadata.labels?.[HASH] === hash,
    );
  }

  /** Whether no other ReplicaSet has a later revision. */
  isLatest(deployment: KubernetesObject, set: KubernetesObject): boolean {
    return (
      revisionOf(set) > 0 &&
      this.of(deployment).every(each => revisionOf(each) <= revisionOf(set))
    );
  }

  /** Makes the ReplicaSet of a new Pod template, with no Pods yet. */
  create(
    deployment: KubernetesObject,
    spec: DeploymentSpec,
    hash: string,
  ): KubernetesObject {
    const { api, kinds } = this.#context;
    const { name, namespace } = deployment.metadata;
    const labels = { ...spec.template.metadata?.labels, [HASH]: hash };
    return api.create(kinds.get('ReplicaSet'), {
      namespace,
      manifest: {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        metadata: {
          name: `${name}-${hash}`,
          labels,
          annotations: copiedAnnotations(deployment, spec),
          ownerReferences: [controllerReference(deployment)],
        },
        spec: {
          replicas: 0,
          selector: {
            ...spec.selector,
            matchLabels: { ...spec.selector.matchLabels, [HASH]: hash },
          },
          template: {
            ...spec.template,
            metadata: { ...spec.template.metadata, labels },
          },
        },
      },
    });
  }

  /** Gives a ReplicaSet the next revision number, and the Deployment with it. */
  makeLatest(deployment: KubernetesObject, set: KubernetesObject): void {
    const { store, kinds } = this.#context;
    const { namespace } = deployment.metadata;
    const latest = Math.max(0, ...this.of(deployment).map(revisionOf));
    const revision = String(latest + 1);
    const before = set.metadata.annotations ?? {};
    const history =
      revisionOf(set) > 0
        ? [before[HISTORY], before[REVISION]].filter(Boolean).join(',')
        : undefined;
    const annotate = (live: KubernetesObject, extra = {}) => ({
      ...live,
      metadata: {
        ...live.metadata,
        annotations: {
          ...live.metadata.annotations,
          ...extra,
          [REVISION]: revision,
        },
      },
    });
    store.replace(
      { kind: kinds.get('ReplicaSet'), namespace, name: set.metadata.name },
      live => annotate(live, history ? { [HISTORY]: history } : {}),
    );
    store.replace(
      {
        kind: kinds.get('Deployment'),
        namespace,
        name: deployment.metadata.name,
      },
      live => annotate(live),
    );
  }

  /** How many Pods a ReplicaSet was told to keep. */
  sizeOf(set: KubernetesObject): number {
    return isJsonObject(set.spec) ? Number(set.spec.replicas ?? 0) : 0;
  }

  /** Tells a ReplicaSet how many Pods to keep; false when it was told that already. */
  scale(
    deployment: KubernetesObject,
    set: KubernetesObject,
    size: number,
  ): boolean {
    const { store, kinds, events } = this.#context;
    const { namespace, name } = set.metadata;
    const before = this.sizeOf(set);
    if (before === size) {
      return false;
    }
    store.replace({ kind: kinds.get('ReplicaSet'), namespace, name }, live => ({
      ...live,
      spec: { ...(isJsonObject(live.spec) ? live.spec : {}), replicas: size },
    }));
    events.record({
      about: deployment,
      type: 'Normal',
      reason: 'ScalingReplicaSet',
      message: `Scaled ${
        size > before ? 'up' : 'down'
      } replica set ${name} from ${before} to ${size}`,
      component: 'deployment-controller',
    });
    return true;
  }

  /** Deletes the oldest empty ReplicaSets beyond the limit. */
  forgetOld(old: KubernetesObject[], limit: number): void {
    const { api, kinds, store } = this.#context;
    const surplus = old.length - limit;
    for (const { metadata } of old.slice(0, Math.max(surplus, 0))) {
      const { namespace, name } = metadata;
      const key = { kind: kinds.get('ReplicaSet'), namespace, name };
      const live = store.find(key);
      const status = isJsonObject(live?.status) ? live.status : {};
      if (live && this.sizeOf(live) === 0 && !status.replicas) {
        api.delete(key);
      }
    }
  }
}

function revisionOf(set: KubernetesObject): number {
  return Number(set.metadata.annotations?.[REVISION] ?? 0);
}

function copiedAnnotations(
  deployment: KubernetesObject,
  spec: DeploymentSpec,
): { [key: string]: string } {
  const copied = Object.entries(deployment.metadata.annotations ?? {}).filter(
    ([name]) => !NOT_COPIED.has(name),
  );
  return { ...Object.fromEntries(copied), [DESIRED]: String(spec.replicas) };
}
