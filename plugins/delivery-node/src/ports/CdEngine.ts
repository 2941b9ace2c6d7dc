// SPDX-License-Identifier: Apache-2.0
import type {
  Digest,
  EntityRef,
  EnvironmentName,
  ExecutionRef,
} from 'backstage-plugin-delivery-common';

/** One Service in one Environment, as a CD engine addresses it. @public */
export type EngineTarget = {
  service: EntityRef;
  /** `metadata.name` of the Service. */
  serviceName: string;
  annotations: Readonly<Record<string, string>>;
  environment: {
    name: EnvironmentName;
    account: string;
    namespace: string;
    /** Whether an Execution must claim before it deploys. */
    gated: boolean;
  };
};

/**
 * What the engine has for a target.
 *
 * @remarks
 * `bound` means that both sides name each other. `pipelineHash` is a digest of
 * what would be carried out; it changes when anybody edits it. `altered` says
 * how it differs from what delivery would have made, when it does.
 * @public
 */
export type EngineBinding =
  | {
      state: 'bound';
      pipelineId: string;
      pipelineHash: string;
      altered?: string;
      url?: string;
    }
  | { state: 'missing'; reason: string }
  | { state: 'refused'; reason: string };

/**
 * The parameters that leave for the engine, all of strict patterns.
 *
 * @remarks
 * `chartBase64` is the package of the chart, and there only for a Service whose
 * chart travels with the start.
 * @public
 */
export type StartParameters = {
  promotionId: string;
  chartVersion: string;
  valuesBase64: string;
  valuesDigest: string;
  fingerprint: string;
  chartBase64?: string;
};

/** The request to carry one Promotion out. @public */
export type StartRequest = {
  target: EngineTarget;
  pipelineId: string;
  correlationId: string;
  parameters: StartParameters;
};

/**
 * What came of a start.
 *
 * @remarks
 * `unknown` means that the engine may or may not have started: the caller looks
 * with {@link CdEngine.find} and never simply asks again.
 * @public
 */
export type StartOutcome =
  | { state: 'accepted'; ref: ExecutionRef }
  | { state: 'refused'; reason: string }
  | { state: 'unknown'; reason: string };

/** One Execution as the engine tells it, in delivery's words. @public */
export type Execution = {
  ref: ExecutionRef;
  state: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  /** The application it really ran in, which a start by id may have got round. */
  application: string;
  pipelineId: string;
  correlationId?: string;
  /** What it says of itself; the chart is told in {@link Execution.received}. */
  parameters: Omit<Partial<StartParameters>, 'chartBase64'>;
  /** The SHA-256 of what it was really given, of that which came with its start. */
  received?: { values?: Digest; chart?: Digest };
  /** Who the engine authenticated, and whether that is the account we start with. */
  startedBy: { user: string; ours: boolean };
  createdAt: string;
  endedAt?: string;
  cancelRequested: boolean;
  steps: {
    name: string;
    state: 'waiting' | 'running' | 'succeeded' | 'failed' | 'skipped';
    message?: string;
  }[];
  /** Whether the step that changes the cluster has begun, whatever came of it. */
  deployReached: boolean;
  /** Whether it began with a claim that was admitted, as the engine tells it. */
  claim: 'none' | 'waiting' | 'admitted' | 'refused';
  /** Whether it is, as executed, what delivery made; else how it differs. */
  integrity: { intact: true } | { intact: false; reason: string };
  /** The engine's own words on a failure, unedited. */
  message?: string;
};

/** How Executions are looked for; answers come oldest first. @public */
export type ExecutionKey =
  | {
      kind: 'correlation';
      target: EngineTarget;
      correlationId: string;
      since: Date;
    }
  | {
      kind: 'recent';
      target: EngineTarget;
      since: Date;
      /** What {@link CdEngine.inspect} has just told, so that it need not be asked again. */
      pipelineId?: string;
    };

/**
 * Something about the engine's own set-up that a person should know.
 *
 * @remarks
 * `error`: Promotions cannot work, or the claim is no protection. `warning`: they
 * work, and something that people rely on is not so.
 * @public
 */
export type EngineFinding = {
  severity: 'error' | 'warning';
  /** What it is about: `spinnaker/claims`. */
  subject: string;
  detail: string;
  fix?: string;
  /** The Service it is about, when it is about one. */
  service?: EntityRef;
};

/** What goes with every call to the outside. @public */
export type CallOptions = { signal?: AbortSignal };

/**
 * A continuous delivery engine: carries Promotions out.
 *
 * @remarks
 * A method rejects when the engine could not be asked or answered nonsense;
 * expected absence is a value. Nothing is retried inside except reads.
 * @public
 */
export interface CdEngine {
  /** Short and unique: `spinnaker`. */
  readonly id: string;
  /** Whether both sides name each other, and what would be carried out. */
  inspect(target: EngineTarget, options?: CallOptions): Promise<EngineBinding>;
  find(key: ExecutionKey, options?: CallOptions): Promise<Execution[]>;
  /** Never rejects for what the engine answered: see {@link StartOutcome}. */
  start(request: StartRequest, options?: CallOptions): Promise<StartOutcome>;
  /** `undefined` when the engine does not know it (yet). */
  get(
    ref: ExecutionRef,
    options?: CallOptions & { target?: EngineTarget },
  ): Promise<Execution | undefined>;
  /** A wish: the Execution has ended only when {@link CdEngine.get} says so. */
  cancel(
    ref: ExecutionRef,
    options: CallOptions & { reason: string },
  ): Promise<void>;
  /**
   * What is wrong with the engine's own set-up, as far as these targets need it.
   * Asked by the doctor only, never on the way of a Promotion.
   */
  diagnose?(
    targets: readonly EngineTarget[],
    options?: CallOptions,
  ): Promise<EngineFinding[]>;
}
