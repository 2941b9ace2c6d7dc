// SPDX-License-Identifier: Apache-2.0

/** A gate on the door of an environment. */
type DeliveryGateConfig = {
  /** Which rule it is: `upstream`, `soak`, `evidence`, `approvals`, or one that a module added. */
  type: string;
  /** A name of its own, needed when an environment has two gates of one type. */
  id?: string;
  /** The kinds of promotion it counts for, where the gate itself has a `for`. */
  kinds?: Array<'forward' | 'automatic' | 'rollback'>;
  /**
   * The kinds of promotion it counts for, as a list; or the gate's own `for`,
   * such as the duration of a soak.
   */
  for?: Array<'forward' | 'automatic' | 'rollback'> | string;
  /** A gate in `audit` is shown and does not count. Default: `enforce`. */
  mode?: 'enforce' | 'audit';
  /** What becomes of a verdict that is not known. Default: `wait`. */
  onUnknown?: 'wait' | 'fail';
  /** Whether a person with the right may let it pass. Default: true. */
  overridable?: boolean;
  /** Everything else is the gate's own. */
  [key: string]: unknown;
};

/** A place where services run. */
type DeliveryEnvironmentConfig = {
  /** Lower case letters, digits and dashes; at most 40 characters. */
  name: string;
  /** What kind of place it is. */
  tier: 'development' | 'staging' | 'production';
  /** The environments a release has to be verified in before. */
  after?: string[];
  /**
   * `automatic`: every new release enters by itself. `requested` (the default):
   * a person asks, and the CD engine has to claim before it deploys.
   */
  entry?: 'automatic' | 'requested';
  /** The name of the cluster, as in `kubernetes.clusterLocatorMethods`. */
  cluster: string;
  /** The namespace, with `{service}` in place of the name of the service. */
  namespace: string;
  /** The account of the CD engine for this environment. */
  account: string;
  /** The rules on its door. All of them are asked, always. */
  gates?: DeliveryGateConfig[];
  /** How long a release has to stay healthy before it counts as verified, e.g. `2m`. Default: `30s`. */
  verifyFor?: string;
  /** How long it may take until it is healthy at all. Default: `10m`. */
  verifyWithin?: string;
  /** What happens when a rollout or its verification fails. Default: `stop`. */
  onFailure?: 'stop' | 'rollback';
  /** What a newer release does to a waiting promotion that nobody approved. Default: `supersede`. */
  onNewer?: 'supersede' | 'queue';
};

export interface Config {
  /** Promotion of releases through environments. */
  delivery?: {
    /** The default promotion path. */
    environments?: DeliveryEnvironmentConfig[];
    /** More promotion paths by name, chosen by the annotation `delivery/path`. */
    paths?: {
      [name: string]: { environments: DeliveryEnvironmentConfig[] };
    };
    /** The record of promotions. */
    audit?: {
      /**
       * Seals the record of promotions, so that nobody who can write to the
       * database can make it anew. At least 16 characters.
       * @visibility secret
       */
      key?: string;
    };
    /** Gates for all services and environments that match, besides their own. */
    policies?: Array<{
      name: string;
      /** All that is said has to match; nothing said matches everything. */
      match?: {
        tags?: string[];
        tiers?: Array<'development' | 'staging' | 'production'>;
        owners?: string[];
        systems?: string[];
        environments?: string[];
      };
      gates: DeliveryGateConfig[];
    }>;
    /** Links that are shown for each environment: dashboards, logs. */
    links?: Array<{
      title: string;
      /**
       * An address in which `{service}`, `{environment}` and `{release}` are filled
       * in; one that names the release is left out while none is known to run.
       */
      url: string;
    }>;
    /** What gates may ask outside. */
    outbound?: {
      /** Hosts, with their port where it is not the usual one: `board.example:8443`. */
      hosts?: string[];
    };
    /** How often and how long; the defaults suit almost everybody. */
    timing?: {
      /** How often sources are asked without a hint. Default: `20s`. */
      sweep?: string;
      /** How often due promotions are looked for. Default: `1s`. */
      reconcile?: string;
      /** How long a start of unknown outcome is only looked for. Default: `180s`. */
      quarantine?: string;
      /** How long an automatic promotion waits for the execution that a webhook starts. Default: `60s`. */
      adoptionGrace?: string;
      /** How long an execution may be unknown before it is shown as a change from outside. Default: `20s`. */
      bypassGrace?: string;
      /** How long a request waits before it expires. Default: `1d`. */
      expiry?: string;
    };
  };
}
