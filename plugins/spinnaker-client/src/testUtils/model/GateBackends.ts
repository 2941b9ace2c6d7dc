// SPDX-License-Identifier: Apache-2.0
import { JsonMap } from './Json';

/** What a bake is given: a chart and its values, as Rosco gets them. @public */
export interface BakeRequest {
  application: string;
  /** What renders, as Spinnaker names it: `HELM3`, `KUSTOMIZE`. */
  renderer: string;
  /** Where in the repository the kustomization is; for Kustomize only. */
  kustomizeFilePath?: string;
  /** Helm's release name. */
  releaseName: string;
  namespace: string;
  chart: {
    /** The artifact account. */
    account: string;
    type: string;
    name: string;
    version?: string;
    reference?: string;
  };
  /** The values files, in order, as text. */
  values: string[];
  overrides: JsonMap;
  signal: AbortSignal;
}

/** What came out of a bake: YAML, or the status and message with which Rosco failed. @public */
export type BakeResult =
  | { kind: 'baked'; yaml: string; message?: string }
  | { kind: 'failed'; status: number; message: string };

/** Where a manifest goes or lives. @public */
export interface ManifestTarget {
  account: string;
  namespace: string;
  signal: AbortSignal;
}

/** What the API server said of a manifest: the object as stored, or its refusal. @public */
export type ApplyResult =
  | { kind: 'applied'; manifest: JsonMap }
  | { kind: 'refused'; message: string };

/** The world behind Spinnaker: Helm, the clusters, and whoever webhooks call. @public */
export interface GateBackends {
  /** Names of the deployment accounts. */
  accounts(): string[];
  bake(request: BakeRequest): Promise<BakeResult>;
  /** Applies one object; a thrown error counts as Clouddriver being unreachable. */
  applyManifest(
    request: ManifestTarget & { manifest: JsonMap },
  ): Promise<ApplyResult>;
  /** Reads one object; `undefined` when there is none. */
  readManifest(
    request: ManifestTarget & { kind: string; name: string },
  ): Promise<JsonMap | undefined>;
  /** Removes objects by name or by labels and says which there were. */
  deleteManifests(
    request: ManifestTarget & {
      kinds: string[];
      name?: string;
      labelSelector?: string;
    },
  ): Promise<{ kind: string; name: string }[]>;
  /** Brings a Workload back to an earlier revision of its own history. */
  undoRollout(
    request: ManifestTarget & {
      kind: string;
      name: string;
      revision?: number;
      revisionsBack?: number;
    },
  ): Promise<ApplyResult>;
  /** Carries webhooks and claims. */
  fetch: typeof fetch;
}
