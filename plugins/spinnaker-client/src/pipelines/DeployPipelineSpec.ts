// SPDX-License-Identifier: Apache-2.0

/** What one generated "Deploy to …" Spinnaker pipeline is for. @public */
export interface DeployPipelineSpec {
  /** The Spinnaker application. */
  application: string;
  /** The catalog entity that is delivered, for example `component:default/orders`. */
  entityRef: string;
  environment: {
    /** Shown in the name: `Deploy to <name>`. */
    name: string;
    /** The deployment account of Spinnaker. */
    account: string;
    namespace: string;
    /** Whether promotions into it must be admitted: then the claim is the first stage. */
    gated: boolean;
  };
  chart: {
    /** Name of the chart in its repository. */
    name: string;
    /** The artifact account of Spinnaker that can read the chart repository, or the Git repository. */
    account: string;
    /**
     * How Spinnaker gets the chart; `registry` when absent.
     *
     * @remarks
     * `embedded` means that the package comes with each start, as the parameter
     * `chartBase64`; any Spinnaker can bake that, wherever the chart is kept.
     */
    handOver?: 'registry' | 'embedded';
  };
  /**
   * Lets CI start the Spinnaker pipeline; only for an environment that is not gated.
   *
   * @remarks
   * A webhook of Spinnaker has no authentication of its own. The constraints are rendered
   * anchored, because Spinnaker searches for them anywhere in a value.
   */
  webhook?: {
    /** Last part of the webhook's address; the name of the service. */
    source: string;
    /** Fields of the body that must have exactly these values. */
    payload?: Record<string, string>;
  };
  /** Helm's release name; the application's name when absent. */
  releaseName?: string;
  /** How long the rollout may take, in milliseconds; 600 000 when absent. */
  deployTimeoutMs?: number;
  /**
   * How a new version takes the place of the old one; `rolling` when absent.
   *
   * @remarks
   * `blue-green` needs a chart that renders its Workload and what leads traffic to it apart,
   * by the value `part`. `rolling-again` is `rolling` where that was so before: what the last
   * switch left is removed after the rollout.
   */
  strategy?: 'rolling' | 'rolling-again' | 'blue-green';
  /**
   * What renders the manifests; Helm when absent.
   *
   * @remarks
   * Kustomize reads the repository at a Git tag that is named as the chart version.
   */
  renderer?:
    | { kind: 'helm' }
    | {
        kind: 'kustomize';
        /** The address of the repository. */
        repository: string;
        /** The kustomization of the Environment, such as `overlays/prod`. */
        overlay: string;
      };
  /** A Job that tries out what was deployed; when it fails, the execution does. */
  testJob?: DeployTestJob;
}

/** A Job that Spinnaker runs after the rollout. @public */
export interface DeployTestJob {
  /** The image, by digest. */
  image: string;
  command: string[];
  /** Names of Secrets of the namespace with the login of the image registry. */
  imagePullSecrets?: string[];
  /** How long it may take, in seconds; 300 when absent. */
  timeoutSeconds?: number;
}
