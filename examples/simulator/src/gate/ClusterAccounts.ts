// SPDX-License-Identifier: Apache-2.0
import type {
  ApplyResult,
  GateBackends,
  JsonMap,
} from 'backstage-plugin-spinnaker-client/testUtils';
import { z } from 'zod';
import { kubernetesPath } from './kubernetesPath';

/** A deployment account: a cluster under a name. */
export interface ClusterAccount {
  name: string;
  /** Address of the API server. */
  url: string;
  /** Sent as bearer token. */
  token: string;
}

const statusSchema = z.looseObject({
  reason: z.string().optional(),
  message: z.string().optional(),
});
const objectSchema = z.record(z.string(), z.json());
const listSchema = z.looseObject({
  items: z.array(
    z.looseObject({ metadata: z.looseObject({ name: z.string() }) }),
  ),
});
const replicaSetsSchema = z.looseObject({
  items: z.array(
    z.looseObject({
      metadata: z.looseObject({
        annotations: z.record(z.string(), z.string()).default({}),
        ownerReferences: z
          .array(z.looseObject({ kind: z.string(), name: z.string() }))
          .default([]),
      }),
      spec: z.looseObject({ template: objectSchema }),
    }),
  ),
});

const REVISION = 'deployment.kubernetes.io/revision';

type Target = { account: string; namespace: string; signal: AbortSignal };

/**
 * What Clouddriver does in clusters, over their API: applies, reads and rolls back.
 *
 * @remarks
 * A namespace that is missing is made, because in the demo nobody else plays the part of
 * the cluster's operator.
 */
export class ClusterAccounts
  implements
    Pick<
      GateBackends,
      | 'accounts'
      | 'applyManifest'
      | 'deleteManifests'
      | 'readManifest'
      | 'undoRollout'
    >
{
  readonly #accounts: Map<string, ClusterAccount>;
  readonly #log: (message: string) => void;

  constructor(options: {
    accounts: ClusterAccount[];
    log: (message: string) => void;
  }) {
    this.#accounts = new Map(options.accounts.map(one => [one.name, one]));
    this.#log = options.log;
  }

  /** Names of the accounts. */
  accounts(): string[] {
    return [...this.#accounts.keys()];
  }

  /** Applies one object, server-side. */
  async applyManifest(
    request: Target & { manifest: JsonMap },
  ): Promise<ApplyResult> {
    const { manifest, namespace } = request;
    const kind = String(manifest.kind);
    const path = kubernetesPath({ kind, namespace, name: nameOf(manifest) });
    if (path === undefined) {
      return {
        kind: 'refused',
        message: `error: resource mapping not found for name: "${nameOf(
          manifest,
        )}" namespace: "${namespace}": no matches for kind "${kind}" in version "${String(
          manifest.apiVersion,
        )}"`,
      };
    }
    const apply = () =>
      this.#call(request, {
        method: 'PATCH',
        path: `${path}?fieldManager=spinnaker&force=true`,
        type: 'application/apply-patch+yaml',
        body: manifest,
      });
    let response = await apply();
    if (response.status === 404 && (await this.#makeNamespace(request))) {
      response = await apply();
    }
    return this.#result(response);
  }

  /** Reads one object. */
  async readManifest(
    request: Target & { kind: string; name: string },
  ): Promise<JsonMap | undefined> {
    const path = kubernetesPath(request);
    if (path === undefined) {
      return undefined;
    }
    const response = await this.#call(request, { method: 'GET', path });
    if (response.status === 404) {
      return undefined;
    }
    if (!response.ok) {
      throw new Error(
        `The cluster of account ${request.account} answered ${response.status}`,
      );
    }
    return objectSchema.parse(await response.json());
  }

  /** Removes objects by name or by labels, and what belongs to them. */
  async deleteManifests(
    request: Target & {
      kinds: string[];
      name?: string;
      labelSelector?: string;
    },
  ): Promise<{ kind: string; name: string }[]> {
    const { kinds, name, namespace, labelSelector } = request;
    const removed: { kind: string; name: string }[] = [];
    for (const kind of kinds) {
      const list = kubernetesPath({ kind, namespace });
      if (!list) {
        throw new Error(`Objects of the kind '${kind}' cannot be removed here`);
      }
      const query = labelSelector
        ? `?labelSelector=${encodeURIComponent(labelSelector)}`
        : '';
      const names = name
        ? [name]
        : listSchema
            .parse(
              await (
                await this.#call(request, {
                  method: 'GET',
                  path: `${list}${query}`,
                })
              ).json(),
            )
            .items.map(({ metadata }) => metadata.name);
      for (const one of names) {
        const response = await this.#call(request, {
          method: 'DELETE',
          path: `${list}/${encodeURIComponent(one)}`,
          type: 'application/json',
          body: { propagationPolicy: 'Background' },
        });
        if (response.ok) {
          removed.push({ kind, name: one });
        } else if (response.status !== 404) {
          throw new Error(
            `The cluster of account ${request.account} answered ${response.status}`,
          );
        }
      }
    }
    return removed;
  }

  /** Gives a Deployment the pod template of an earlier revision. */
  async undoRollout(
    request: Target & {
      kind: string;
      name: string;
      revision?: number;
      revisionsBack?: number;
    },
  ): Promise<ApplyResult> {
    const { kind, name, namespace, revision, revisionsBack = 1 } = request;
    const failed = (why: string): ApplyResult => ({
      kind: 'refused',
      message: `Failed to get rollout history of ${kind.toLowerCase()}/${name} from ${namespace}: ${why}\n`,
    });
    const path = kubernetesPath({ kind, namespace, name });
    const replicaSets = kubernetesPath({ kind: 'ReplicaSet', namespace });
    if (kind !== 'Deployment' || !path || !replicaSets) {
      return failed(`'${kind}' has no rollout history here`);
    }
    const response = await this.#call(request, {
      method: 'GET',
      path: replicaSets,
    });
    const history = replicaSetsSchema
      .parse(await response.json())
      .items.filter(({ metadata }) =>
        metadata.ownerReferences.some(
          owner => owner.kind === 'Deployment' && owner.name === name,
        ),
      )
      .map(one => ({
        revision: Number(one.metadata.annotations[REVISION] ?? 0),
        template: one.spec.template,
      }))
      .sort((a, b) => b.revision - a.revision);
    const target =
      revision === undefined
        ? history[revisionsBack]
        : history.find(one => one.revision === revision);
    if (!target) {
      return failed(
        `Error from server (NotFound): ${kind.toLowerCase()}s.apps "${name}" not found, or without that revision`,
      );
    }
    return this.#result(
      await this.#call(request, {
        method: 'PATCH',
        path,
        type: 'application/merge-patch+json',
        body: { spec: { template: target.template } },
      }),
    );
  }

  async #makeNamespace(request: Target): Promise<boolean> {
    const { namespace } = request;
    const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}`;
    const existing = await this.#call(request, { method: 'GET', path });
    if (existing.status !== 404) {
      return false;
    }
    const created = await this.#call(request, {
      method: 'POST',
      path: '/api/v1/namespaces',
      type: 'application/json',
      body: {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: namespace },
      },
    });
    if (created.ok) {
      this.#log(`Made the namespace ${namespace}, as an operator would`);
    }
    return created.ok || created.status === 409;
  }

  async #result(response: Response): Promise<ApplyResult> {
    const body: unknown = await response.json().catch(() => ({}));
    if (response.ok) {
      return { kind: 'applied', manifest: objectSchema.parse(body) };
    }
    const { reason, message } = statusSchema.parse(body);
    return {
      kind: 'refused',
      message: `Error from server (${reason ?? response.status}): ${
        message ?? 'no reason was given'
      }`,
    };
  }

  async #call(
    target: Target,
    request: { method: string; path: string; type?: string; body?: JsonMap },
  ): Promise<Response> {
    const account = this.#accounts.get(target.account);
    if (!account) {
      throw new Error(`There is no account ${target.account}`);
    }
    const { method, path, type, body } = request;
    return fetch(`${account.url.replace(/\/+$/, '')}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${account.token}`,
        accept: 'application/json',
        ...(type ? { 'content-type': type } : {}),
      },
      body: body && JSON.stringify(body),
      signal: AbortSignal.any([target.signal, AbortSignal.timeout(30_000)]),
    });
  }
}

function nameOf(manifest: JsonMap): string {
  const { metadata } = manifest;
  return typeof metadata === 'object' &&
    metadata !== null &&
    !Array.isArray(metadata)
    ? String(metadata.name ?? '')
    : '';
}
