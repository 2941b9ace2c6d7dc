// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { monotonicFactory } from 'ulid';
import { FaultInjector } from './FaultInjector';
import { callerOf, GateAccess } from './GateAccess';
import { EmptyGateFailure, GateFailure, GateReply } from './GateReply';
import { InMemoryWorld } from './InMemoryWorld';
import { GateClock } from './ManualClock';
import { GateBackends } from './model/GateBackends';
import { GateFault } from './model/GateFault';
import {
  DeployRecord,
  FakeExecution,
  GateState,
  gateStateSchema,
} from './model/GateState';
import { DEFAULT_TIMING, GateTiming } from './model/GateTiming';
import { copyJson } from './model/Json';
import { PreconfiguredWebhook } from './model/PreconfiguredWebhook';
import { OrcaEngine } from './orca/OrcaEngine';
import { OrcaWorld } from './orca/StageDefinition';
import { applicationRoutes } from './routes/applicationRoutes';
import { executionRoutes } from './routes/executionRoutes';
import { GateContext, GateRoute } from './routes/GateRoute';
import { installationRoutes } from './routes/installationRoutes';
import { pipelineRoutes } from './routes/pipelineRoutes';
import { startRoutes } from './routes/startRoutes';
import { toResponse } from './toResponse';

/** Options of {@link FakeGate}. @public */
export interface FakeGateOptions {
  /** The real time when absent. */
  clock?: GateClock;
  /** An {@link InMemoryWorld} when absent. */
  backends?: GateBackends;
  /** What the operator configured. */
  webhooks?: PreconfiguredWebhook[];
  /** Whether webhooks follow redirects; `false` when absent. */
  followRedirects?: boolean;
  timing?: Partial<GateTiming>;
  access?: GateAccess;
  /** What {@link FakeGate.export} gave before. */
  state?: unknown;
  /** Called after every change that is worth keeping. */
  onChange?(): void;
}

const ROUTES = [
  ...startRoutes,
  ...applicationRoutes,
  ...pipelineRoutes,
  ...executionRoutes,
  ...installationRoutes,
].map(route => ({ ...route, matches: matcher(route) }));

/**
 * Spinnaker as seen through Gate, in memory: applications, saved pipelines, executions that
 * really run.
 *
 * @remarks
 * It behaves as a real Gate, Orca and Front50 were measured to behave, including what is
 * surprising about them. It knows nothing of transport: {@link FakeGate.handle} takes a
 * request and gives a response. Without {@link FakeGate.start} time stands still between
 * requests, and each request first does all that is due.
 *
 * @public
 */
export class FakeGate {
  readonly #clock: GateClock;
  readonly #state: GateState;
  readonly #world: OrcaWorld;
  readonly #engine: OrcaEngine;
  readonly #access: GateAccess;
  readonly #onChange: () => void;
  readonly #newId: () => string;
  readonly #faults = new FaultInjector();
  #running = false;

  constructor(options: FakeGateOptions = {}) {
    this.#clock = options.clock ?? { now: () => new Date() };
    this.#state = gateStateSchema.parse(options.state ?? {});
    this.#access = options.access ?? { kind: 'open' };
    this.#onChange = options.onChange ?? (() => {});
    const ulid = monotonicFactory();
    this.#newId = () => ulid(this.#now());
    this.#world = {
      state: this.#state,
      backends: options.backends ?? new InMemoryWorld(),
      timing: { ...DEFAULT_TIMING, ...options.timing },
      webhooks: options.webhooks ?? [],
      followRedirects: options.followRedirects ?? false,
      newUuid: randomUUID,
    };
    this.#engine = new OrcaEngine({
      world: this.#world,
      clock: () => this.#now(),
    });
  }

  /** All executions, oldest first, as Gate shows them. */
  get executions(): FakeExecution[] {
    return copyJson(this.#state.executions);
  }

  /** The deployments that were really carried out, in order. */
  get deploys(): DeployRecord[] {
    return copyJson(this.#state.deploys);
  }

  /** Answers one request as Gate would; rejects when the connection is to be reset. */
  async handle(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    const { signal } = request;
    const fault = this.#faults.take(request.method, pathname);
    await this.#faults.delay(fault, signal);
    const failed = await this.#fail(fault, 'before', signal);
    if (failed) {
      return failed;
    }
    if (!this.#running) {
      await this.tick();
    }
    const known = new Set(this.#state.executions.map(({ id }) => id));
    const racing = fault?.effect.kind === 'twice';
    if (racing) {
      await this.#answer(request.clone(), pathname, { racing });
    }
    const response = await this.#answer(request, pathname, { racing });
    if (request.method !== 'GET') {
      this.#onChange();
    }
    if (fault?.effect.kind === 'invisible') {
      const until = this.#now() + fault.effect.ms;
      this.#state.executions
        .filter(({ id }) => !known.has(id))
        .forEach(({ id }) => this.#faults.hide(id, until));
    }
    return (await this.#fail(fault, 'after', signal)) ?? response;
  }

  /** Does everything that is due at the time of the clock, and waits until it is done. */
  async tick(signal = new AbortController().signal): Promise<void> {
    await this.#engine.tick(signal);
  }

  /**
   * Lets executions move on by themselves, in real time, until the signal is aborted.
   *
   * @remarks
   * A tick does not wait for the one before, so a slow backend holds up its own stage only.
   */
  async start(options: {
    signal: AbortSignal;
    everyMs?: number;
  }): Promise<void> {
    const { signal, everyMs = 100 } = options;
    this.#running = true;
    while (!signal.aborted) {
      const before = this.#fingerprint();
      this.tick(signal)
        .catch(() => {})
        .finally(() => {
          if (this.#fingerprint() !== before) {
            this.#onChange();
          }
        });
      await sleep(everyMs, undefined, { signal }).catch(() => {});
    }
    this.#running = false;
  }

  /** Makes something go wrong from now on; returns how to make it stop. */
  inject(fault: GateFault): () => void {
    return this.#faults.add(fault);
  }

  /** Lets everything go well again. */
  clearFaults(): void {
    this.#faults.clear();
  }

  /** All that it knows as plain JSON, for the `state` of a later one. */
  export(): GateState {
    return copyJson(this.#state);
  }

  #fail(
    fault: GateFault | undefined,
    when: 'before' | 'after',
    signal: AbortSignal,
  ): Promise<Response | undefined> {
    return this.#faults.fail({ fault, when, signal, now: this.#clock.now() });
  }

  #now(): number {
    return this.#clock.now().getTime();
  }

  #fingerprint(): string {
    const { executions, orchestrations, deploys } = this.#state;
    return [...executions, ...orchestrations]
      .map(
        one =>
          `${one.id}${one.status}${one.stages
            .map(stage => stage.status)
            .join()}`,
      )
      .concat(String(deploys.length))
      .join();
  }

  async #answer(
    request: Request,
    pathname: string,
    { racing }: { racing: boolean },
  ): Promise<Response> {
    const user = callerOf(request.headers, this.#access);
    if (user === undefined && !this.#isPublic(pathname)) {
      return this.#access.kind === 'basic'
        ? toResponse({
            status: 302,
            headers: { location: `${new URL(request.url).origin}/login` },
          })
        : toResponse({ status: 401 });
    }
    if (user === undefined && pathname === '/auth/user') {
      return toResponse({ status: 200 });
    }
    const text = await request.text();
    return toResponse(
      await this.#route({
        request,
        pathname,
        text,
        user: user ?? 'anonymous',
        racing,
      }),
    );
  }

  async #route(options: {
    request: Request;
    pathname: string;
    text: string;
    user: string;
    racing: boolean;
  }): Promise<GateReply> {
    const { request, pathname, text, user, racing } = options;
    const context = this.#context(racing);
    let wrongMethod = false;
    try {
      for (const route of ROUTES) {
        const params = route.matches(pathname);
        if (params && route.method === request.method) {
          return await route.handle(
            {
              params,
              query: new URL(request.url).searchParams,
              contentType: request.headers.get('content-type') ?? undefined,
              text,
              user,
            },
            context,
          );
        }
        wrongMethod ||= params !== undefined;
      }
      throw wrongMethod
        ? new EmptyGateFailure(405)
        : new GateFailure({
            status: 404,
            message: 'No message available',
            exception: false,
          });
    } catch (error) {
      if (error instanceof GateFailure) {
        return error.toReply(this.#clock.now());
      }
      if (error instanceof EmptyGateFailure) {
        return { status: error.status };
      }
      throw error;
    }
  }

  #context(racing: boolean): GateContext {
    return {
      racing,
      state: this.#state,
      engine: this.#engine,
      world: this.#world,
      webhooks: this.#world.webhooks,
      now: () => this.#now(),
      newId: this.#newId,
      newUuid: randomUUID,
      isHidden: id => this.#faults.isHidden(id, this.#now()),
    };
  }

  #isPublic(pathname: string): boolean {
    return (
      ['/health', '/auth/user'].includes(pathname) ||
      pathname.startsWith('/webhooks/webhook/')
    );
  }
}

function matcher(route: GateRoute): (path: string) => string[] | undefined {
  const pattern = new RegExp(`^${route.pattern.replace(/:/g, '([^/]+)')}/?$`);
  return path => {
    const match = pattern.exec(path);
    return match?.slice(1).map(segment => decodeURIComponent(segment));
  };
}
