// SPDX-License-Identifier: Apache-2.0
import type { PromotionKind, Tier } from 'backstage-plugin-delivery-common';
import type { Gate } from 'backstage-plugin-delivery-node';

/** A Gate of an Environment with its configuration parsed. */
export type ConfiguredGate = {
  /** Unique within its Environment: the type, or the `id` a user gave. */
  id: string;
  /** Where it is written: `delivery.environments[2].gates[0]`. */
  key: string;
  gate: Gate;
  config: unknown;
  /** The configuration as written, for the policy hash. */
  written: Record<string, unknown>;
  appliesTo: readonly PromotionKind[];
  /** A Gate in `audit` mode is shown and does not count. */
  mode: 'enforce' | 'audit';
  /** What becomes of a Verdict that is unknown. */
  onUnknown: 'wait' | 'fail';
  /** Whether a person with the right may let it pass. */
  overridable: boolean;
  /** The policy it comes from, when not from the Environment itself. */
  policy?: string;
};

/** Gates for all Services and Environments that match. */
export type PolicyConfig = {
  name: string;
  match: {
    tags?: readonly string[];
    tiers?: readonly Tier[];
    owners?: readonly string[];
    systems?: readonly string[];
    environments?: readonly string[];
  };
  gates: readonly ConfiguredGate[];
};

/** An Environment as the operator configured it. */
export type EnvironmentConfig = {
  name: string;
  tier: Tier;
  after: readonly string[];
  entry: 'automatic' | 'requested';
  cluster: string;
  /** With `{service}` in place of the Service's name. */
  namespace: string;
  account: string;
  gates: readonly ConfiguredGate[];
  /** How long a Release must stay healthy before it counts as verified; milliseconds. */
  verifyFor: number;
  /** How long it may take until it is healthy at all; milliseconds. */
  verifyWithin: number;
  onFailure: 'stop' | 'rollback';
  onNewer: 'supersede' | 'queue';
  /** Whether an Execution must claim before it deploys. */
  gated: boolean;
};

/** A promotion path: Environments in an order that respects `after`. */
export type PathConfig = {
  name: string;
  environments: readonly EnvironmentConfig[];
};

/** Everything delivery reads from `delivery:` for itself. */
export type DeliveryConfig = {
  /** By name; `default` is the one of services without the annotation. */
  paths: ReadonlyMap<string, PathConfig>;
  policies: readonly PolicyConfig[];
  /**
   * Shown for each Environment, with `{service}`, `{environment}` and `{release}`
   * filled in.
   */
  links: readonly { title: string; url: string }[];
  outbound: {
    /** The hosts that gates may ask, with their port: `board.example:8443`. */
    hosts: readonly string[];
  };
  timing: {
    /** How often sources are asked without a hint; milliseconds. */
    sweep: number;
    /** How often the reconciler looks for due promotions; milliseconds. */
    reconcile: number;
    /** How long a start of unknown outcome is only looked for; milliseconds. */
    quarantine: number;
    /** How long an automatic promotion waits for the execution of the webhook; milliseconds. */
    adoptionGrace: number;
    /** How long an unclaimed execution may be unknown before it is flagged; milliseconds. */
    bypassGrace: number;
    /** How long a request waits before it expires; milliseconds. */
    expiry: number;
  };
  audit: {
    /** Seals the record of promotions; without it the chain is only hashed. */
    key?: string;
  };
};
