// SPDX-License-Identifier: Apache-2.0
import type { ExecutionRef } from 'backstage-plugin-delivery-common';
import type {
  CallOptions,
  CdEngine,
  EngineBinding,
  EngineFinding,
  EngineTarget,
  Execution,
  ExecutionKey,
  StartOutcome,
  StartRequest,
} from 'backstage-plugin-delivery-node';
import {
  deployPipelineName,
  pipelineContentHash,
  pipelineDifference,
  SpinnakerClient,
  startParameters,
  type GateFetch,
  type SpinnakerExecution,
} from 'backstage-plugin-spinnaker-client';
import { ApplicationBindings, applicationOf } from './ApplicationBindings';
import { diagnoseSpinnaker } from './diagnoseSpinnaker';
import { ExecutionCache } from './ExecutionCache';
import { renderForTarget } from './renderForTarget';
import type { SpinnakerSettings } from './SpinnakerSettings';
import { toExecution } from './toExecution';

/** How many executions of one Spinnaker pipeline are looked through. */
const RECENT = 20;

/** How long it is relied on who we are, in milliseconds. */
const USER_FOR_MS = 30_000;

/**
 * Carries promotions out as Spinnaker executions.
 *
 * @remarks
 * An entity gets nothing of a Spinnaker application that does not carry the entity's
 * reference in its attribute `entityRef`: no executions, no start.
 */
export class SpinnakerEngine implements CdEngine {
  readonly id = 'spinnaker';
  readonly #client: SpinnakerClient;
  readonly #settings: SpinnakerSettings;
  readonly #now: () => Date;
  readonly #ended = new ExecutionCache();
  readonly #bindings: ApplicationBindings;
  #user: { name: string | undefined; until: number } | undefined;

  private constructor(options: {
    client: SpinnakerClient;
    settings: SpinnakerSettings;
    now(): Date;
  }) {
    this.#client = options.client;
    this.#settings = options.settings;
    this.#now = options.now;
    this.#bindings = new ApplicationBindings(options);
  }

  /** Creates an engine for one Spinnaker. */
  static create(options: {
    settings: SpinnakerSettings;
    now?: () => Date;
    fetch?: GateFetch;
    timeoutMs?: number;
  }): SpinnakerEngine {
    const { settings, now = () => new Date(), timeoutMs } = options;
    const { baseUrl, token, username, password } = settings;
    const client = SpinnakerClient.create({
      baseUrl,
      token,
      username,
      password,
      timeoutMs,
      fetch: options.fetch,
    });
    return new SpinnakerEngine({ client, settings, now });
  }

  async inspect(
    target: EngineTarget,
    options: CallOptions = {},
  ): Promise<EngineBinding> {
    const binding = await this.#bindings.confirm(target, {
      ...options,
      fresh: true,
    });
    if (binding.state !== 'bound') {
      return binding;
    }
    const { application } = binding;
    const name = deployPipelineName(target.environment.name);
    const saved = await this.#client.getPipeline(application, name, options);
    if (!saved?.id) {
      return {
        state: 'missing',
        reason: `The Spinnaker application '${application}' has no Spinnaker pipeline '${name}'; run the template's Spinnaker step again`,
      };
    }
    const altered = saved.disabled
      ? `The Spinnaker pipeline '${name}' is disabled`
      : pipelineDifference(saved, this.#render(target, application));
    const url = this.#link(application, 'executions');
    return {
      state: 'bound',
      pipelineId: saved.id,
      pipelineHash: pipelineContentHash(saved),
      ...(altered ? { altered } : {}),
      ...(url ? { url } : {}),
    };
  }

  async find(
    key: ExecutionKey,
    options: CallOptions = {},
  ): Promise<Execution[]> {
    const { target, since } = key;
    const binding = await this.#bindings.confirm(target, options);
    if (binding.state !== 'bound') {
      return [];
    }
    const { application } = binding;
    const found =
      key.kind === 'correlation'
        ? await this.#client.searchExecutions({
            application,
            pipelineName: deployPipelineName(target.environment.name),
            correlationId: key.correlationId,
            since,
            signal: options.signal,
          })
        : await this.#recent(key, application, options);
    const executions = await Promise.all(
      found
        .filter(({ buildTime }) => (buildTime ?? 0) >= since.getTime())
        .map(listed => this.#inFull({ listed, target, application, options })),
    );
    return executions
      .filter(one => one !== undefined)
      .sort((a, b) => (a.ref.id < b.ref.id ? -1 : 1));
  }

  async start(
    request: StartRequest,
    options: CallOptions = {},
  ): Promise<StartOutcome> {
    const { target, pipelineId, correlationId } = request;
    let application: string;
    let parameters;
    try {
      parameters = startParameters(request.parameters);
      const binding = await this.#bindings.confirm(target, options);
      if (binding.state !== 'bound') {
        return { state: 'refused', reason: binding.reason };
      }
      application = binding.application;
    } catch (error) {
      return beforeStart(error);
    }
    const outcome = await this.#client
      .startPipeline({
        application,
        pipeline: pipelineId,
        correlationId,
        parameters,
        signal: options.signal,
      })
      .catch(beforeStart);
    if ('state' in outcome) {
      return outcome;
    }
    switch (outcome.kind) {
      case 'accepted':
        return {
          state: 'accepted',
          ref: this.#ref(application, outcome.executionId),
        };
      case 'refused':
        // What may be different a moment later is not an answer to the promotion.
        return outcome.permanent
          ? { state: 'refused', reason: outcome.reason }
          : { state: 'unknown', reason: outcome.reason };
      default:
        return { state: 'unknown', reason: outcome.reason };
    }
  }

  async get(
    ref: ExecutionRef,
    options: CallOptions & { target?: EngineTarget } = {},
  ): Promise<Execution | undefined> {
    const found = await this.#client.getExecution(ref.id, options);
    return found && this.#translate(found, options.target, options);
  }

  async cancel(
    ref: ExecutionRef,
    options: CallOptions & { reason: string },
  ): Promise<void> {
    await this.#client.cancelExecution(ref.id, options);
  }

  async diagnose(
    targets: readonly EngineTarget[],
    options: CallOptions = {},
  ): Promise<EngineFinding[]> {
    return diagnoseSpinnaker(
      {
        client: this.#client,
        chartAccount: this.#settings.chartAccount,
        targets,
      },
      options,
    );
  }

  async #recent(
    key: Extract<ExecutionKey, { kind: 'recent' }>,
    application: string,
    options: CallOptions,
  ): Promise<SpinnakerExecution[]> {
    const { pipelineId, target } = key;
    const name = deployPipelineName(target.environment.name);
    const id =
      pipelineId ??
      (await this.#client.getPipeline(application, name, options))?.id;
    return id
      ? this.#client.getExecutions({
          pipelineIds: [id],
          limit: RECENT,
          signal: options.signal,
        })
      : [];
  }

  async #inFull(request: {
    listed: SpinnakerExecution;
    target: EngineTarget;
    application: string;
    options: CallOptions;
  }): Promise<Execution | undefined> {
    const { listed, target, options } = request;
    const scope = `${target.service} ${JSON.stringify(target.environment)}`;
    const known = this.#ended.find(scope, listed);
    if (known) {
      return known;
    }
    const found = await this.#client.getExecution(listed.id, options);
    const execution = found && (await this.#translate(found, target, options));
    if (execution) {
      this.#ended.keep({ scope, listed, execution });
    }
    return execution;
  }

  async #translate(
    execution: SpinnakerExecution,
    target: EngineTarget | undefined,
    options: CallOptions,
  ): Promise<Execution> {
    const named = target && applicationOf(target);
    return toExecution(execution, {
      rendered:
        target && named?.state === 'bound'
          ? this.#render(target, named.application)
          : undefined,
      ourUser: await this.#ourUser(options),
      url: this.#ref(execution.application, execution.id).url,
    });
  }

  async #ourUser(options: CallOptions): Promise<string | undefined> {
    const now = this.#now().getTime();
    if (!this.#user || this.#user.until <= now) {
      const user = await this.#client.getUser(options);
      this.#user = { name: user?.username, until: now + USER_FOR_MS };
    }
    return this.#user.name;
  }

  #render(target: EngineTarget, application: string) {
    const { chartAccount, kustomize, testJob } = this.#settings;
    return renderForTarget(target, {
      application,
      chartAccount,
      kustomize,
      testJob,
    });
  }

  #ref(application: string, id: string): ExecutionRef {
    const url = this.#link(application, `executions/details/${id}`);
    return { engine: this.id, id, ...(url ? { url } : {}) };
  }

  #link(application: string, rest: string): string | undefined {
    const { uiUrl } = this.#settings;
    return (
      uiUrl &&
      `${uiUrl.replace(/\/+$/, '')}/#/applications/${encodeURIComponent(
        application,
      )}/${rest}`
    );
  }
}

/** Nothing was sent: the caller's fault refuses for good, anything else may pass. */
function beforeStart(error: unknown): StartOutcome {
  const reason = error instanceof Error ? error.message : String(error);
  const fault = error instanceof Error && error.name === 'InputError';
  return { state: fault ? 'refused' : 'unknown', reason };
}
