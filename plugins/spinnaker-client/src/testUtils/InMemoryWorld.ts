// SPDX-License-Identifier: Apache-2.0
import { ApplyResult, BakeResult, GateBackends } from './model/GateBackends';
import { copyJson, isJsonMap, JsonMap } from './model/Json';
import { objectName } from './orca/stages/manifestName';

/** How the in-memory cluster treats the next rollouts. @public */
export type RolloutBehaviour =
  | 'ready'
  /** Never gets ready, and says so by its progress deadline. */
  | 'deadline-exceeded'
  /** Stays in progress. */
  | 'pending'
  /** Is refused by the API server. */
  | 'refused';

/**
 * A small world behind the fake: it renders one Deployment for a chart and rolls it out
 * at once.
 *
 * @remarks
 * Its values are read no further than `image.repository`, `image.digest` and
 * `replicaCount`, one `key: value` per line.
 *
 * @public
 */
export class InMemoryWorld implements GateBackends {
  /** How the next rollouts behave; change it at any time. */
  rollout: RolloutBehaviour = 'ready';
  /** What the next bakes answer instead of a manifest. */
  bakeFailure: { status: number; message: string } | undefined;
  /** The objects in the clusters, by `account/namespace/Kind/name`. */
  readonly objects = new Map<string, JsonMap>();
  readonly fetch: typeof fetch;
  readonly #accounts: string[];
  readonly #history = new Map<string, JsonMap[]>();

  constructor(options: { accounts?: string[]; fetch?: typeof fetch } = {}) {
    this.#accounts = options.accounts ?? [
      'local-dev',
      'local-staging',
      'local-prod',
    ];
    this.fetch =
      options.fetch ??
      (async url => {
        throw new Error(`Nobody answers ${url} in this test`);
      });
  }

  accounts(): string[] {
    return this.#accounts;
  }

  async bake(
    request: Parameters<GateBackends['bake']>[0],
  ): Promise<BakeResult> {
    if (this.bakeFailure) {
      return { kind: 'failed', ...this.bakeFailure };
    }
    const { releaseName, chart, values, application } = request;
    const manifest = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name: releaseName,
        labels: {
          'app.kubernetes.io/name': chart.name,
          'app.kubernetes.io/instance': releaseName,
          'helm.sh/chart': `${chart.name}-${chart.version}`,
          'backstage.io/kubernetes-id': application,
        },
      },
      spec: {
        replicas: Number(valueOf(values, 'replicaCount') ?? 1),
        selector: {
          matchLabels: { 'app.kubernetes.io/instance': releaseName },
        },
        template: {
          metadata: { labels: { 'app.kubernetes.io/instance': releaseName } },
          spec: {
            containers: [
              {
                name: 'app',
                image: `${valueOf(values, 'repository') ?? chart.name}@${
                  valueOf(values, 'digest') ?? `sha256:${'0'.repeat(64)}`
                }`,
              },
            ],
          },
        },
      },
    };
    return { kind: 'baked', yaml: JSON.stringify(manifest) };
  }

  async applyManifest(
    request: Parameters<GateBackends['applyManifest']>[0],
  ): Promise<ApplyResult> {
    if (this.rollout === 'refused') {
      return {
        kind: 'refused',
        message:
          'Error from server (Forbidden): exceeded quota: compute, requested: pods=1',
      };
    }
    const manifest = copyJson(request.manifest);
    const key = keyOf({
      ...request,
      kind: String(manifest.kind),
      name: objectName(manifest),
    });
    const before = this.#history.get(key) ?? [];
    this.#history.set(key, [...before, copyJson(manifest)]);
    this.#store(key, manifest, before.length + 1);
    return { kind: 'applied', manifest: copyJson(manifest) };
  }

  async readManifest(
    request: Parameters<GateBackends['readManifest']>[0],
  ): Promise<JsonMap | undefined> {
    const found = this.objects.get(keyOf(request));
    return found ? copyJson(found) : undefined;
  }

  async deleteManifests(
    request: Parameters<GateBackends['deleteManifests']>[0],
  ): Promise<{ kind: string; name: string }[]> {
    const { account, namespace, kinds, name, labelSelector } = request;
    const removed = [...this.objects.entries()].flatMap(([key, object]) => {
      const [, , kind, found] = key.split('/');
      const selected =
        key.startsWith(`${account}/${namespace}/`) &&
        kinds.includes(kind) &&
        (name === undefined || name === found) &&
        (labelSelector === undefined || isSelected(object, labelSelector));
      return selected ? [{ key, kind, name: found }] : [];
    });
    return removed.map(({ key, ...one }) => {
      this.objects.delete(key);
      return one;
    });
  }

  async undoRollout(
    request: Parameters<GateBackends['undoRollout']>[0],
  ): Promise<ApplyResult> {
    const key = keyOf(request);
    const history = this.#history.get(key) ?? [];
    const { revision, revisionsBack } = request;
    const target =
      revision === undefined
        ? history.at(-1 - (revisionsBack ?? 1))
        : history[revision - 1];
    if (!target) {
      return {
        kind: 'refused',
        message: `Failed to get rollout history of ${request.kind.toLowerCase()}/${
          request.name
        } from ${request.namespace}`,
      };
    }
    return this.applyManifest({ ...request, manifest: target });
  }

  #store(key: string, manifest: JsonMap, generation: number): void {
    const spec = isJsonMap(manifest.spec) ? manifest.spec : {};
    const replicas = Number(spec.replicas ?? 1);
    const ready = this.rollout === 'ready' ? replicas : 0;
    const metadata = isJsonMap(manifest.metadata) ? manifest.metadata : {};
    manifest.metadata = { ...metadata, generation };
    manifest.status = {
      observedGeneration: generation,
      replicas,
      updatedReplicas: replicas,
      readyReplicas: ready,
      availableReplicas: ready,
      conditions:
        this.rollout === 'deadline-exceeded'
          ? [
              {
                type: 'Progressing',
                status: 'False',
                reason: 'ProgressDeadlineExceeded',
              },
            ]
          : [],
    };
    this.objects.set(key, manifest);
  }
}

function keyOf(target: {
  account: string;
  namespace: string;
  kind: string;
  name: string;
}): string {
  return [target.account, target.namespace, target.kind, target.name].join('/');
}

function valueOf(values: string[], key: string): string | undefined {
  const pattern = new RegExp(`\\b${key}:\\s*["']?([^\\s"'}]+)`);
  return values.map(text => pattern.exec(text)?.[1]).find(Boolean);
}

/** Whether labels are as a selector of `key=value` and `key!=value` says. */
function isSelected(object: JsonMap, selector: string): boolean {
  const metadata = isJsonMap(object.metadata) ? object.metadata : {};
  const labels = isJsonMap(metadata.labels) ? metadata.labels : {};
  return selector.split(',').every(term => {
    const [, key, operator, value] = /^(.+?)(!?=)(.*)$/.exec(term) ?? [];
    return (labels[key] === value) === (operator === '=');
  });
}
