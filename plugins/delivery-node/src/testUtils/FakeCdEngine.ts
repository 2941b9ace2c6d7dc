// SPDX-License-Identifier: Apache-2.0
import type { ExecutionRef } from 'backstage-plugin-delivery-common';
import { digestOf } from '../digestOf';
import type { Clock } from '../ports/Clock';
import type {
  CdEngine,
  EngineBinding,
  EngineTarget,
  Execution,
  ExecutionKey,
  StartOutcome,
  StartRequest,
} from '../ports/CdEngine';

/** How a fake engine misbehaves on the next start. @public */
export type StartFault =
  | 'refuse'
  | 'unknown-not-started'
  | 'unknown-but-started';

/**
 * An engine in memory with a ledger of what it deployed.
 *
 * @remarks
 * De-duplicates a correlationId only while the first Execution is unfinished,
 * as Orca does. Executions move only when a test says so.
 * @public
 */
export class FakeCdEngine implements CdEngine {
  readonly id: string;
  readonly executions: (Execution & { target?: EngineTarget })[] = [];
  readonly starts: StartRequest[] = [];
  readonly deploys: { id: string; chartVersion?: string }[] = [];
  readonly cancels: { id: string; reason: string }[] = [];
  binding: EngineBinding = {
    state: 'bound',
    pipelineId: 'pipeline-1',
    pipelineHash: 'hash-1',
  };
  /** The entities that the other side does not confirm. */
  readonly foreign = new Set<string>();
  nextStart: StartFault | undefined;
  down: Error | undefined;
  readonly #clock: Clock;
  #count = 0;

  constructor(options: { clock: Clock; id?: string }) {
    this.#clock = options.clock;
    this.id = options.id ?? 'fake';
  }

  async inspect(target: EngineTarget): Promise<EngineBinding> {
    this.#throwWhenDown();
    return this.foreign.has(target.service)
      ? {
          state: 'refused',
          reason: `The application belongs to another entity than ${target.service}.`,
        }
      : this.binding;
  }

  async find(key: ExecutionKey): Promise<Execution[]> {
    this.#throwWhenDown();
    return this.executions.filter(
      execution =>
        Date.parse(execution.createdAt) >= key.since.getTime() &&
        (!execution.target ||
          (execution.target.service === key.target.service &&
            execution.target.environment.name ===
              key.target.environment.name)) &&
        (key.kind === 'recent' ||
          execution.correlationId === key.correlationId),
    );
  }

  async start(request: StartRequest): Promise<StartOutcome> {
    this.starts.push(request);
    if (this.down) {
      return { state: 'unknown', reason: this.down.message };
    }
    const fault = this.nextStart;
    this.nextStart = undefined;
    if (fault === 'refuse') {
      return { state: 'refused', reason: 'The engine refused to start.' };
    }
    if (fault === 'unknown-not-started') {
      return { state: 'unknown', reason: 'The engine did not answer in time.' };
    }
    const running = this.executions.find(
      execution =>
        execution.correlationId === request.correlationId &&
        (execution.state === 'queued' || execution.state === 'running'),
    );
    const { chartBase64, ...parameters } = request.parameters;
    const execution =
      running ??
      this.add({
        target: request.target,
        correlationId: request.correlationId,
        parameters,
        received: {
          values: digestOfBase64(parameters.valuesBase64),
          ...(chartBase64 === undefined
            ? {}
            : { chart: digestOfBase64(chartBase64) }),
        },
      });
    return fault === 'unknown-but-started'
      ? { state: 'unknown', reason: 'The engine did not answer in time.' }
      : { state: 'accepted', ref: execution.ref };
  }

  async get(ref: ExecutionRef): Promise<Execution | undefined> {
    this.#throwWhenDown();
    return this.executions.find(execution => execution.ref.id === ref.id);
  }

  async cancel(ref: ExecutionRef, options: { reason: string }): Promise<void> {
    this.#throwWhenDown();
    this.cancels.push({ id: ref.id, reason: options.reason });
    this.update(ref.id, { cancelRequested: true });
  }

  /** Adds an Execution as if somebody or something had started it. */
  add(
    given: Partial<Execution> & { target?: EngineTarget },
  ): Execution & { target?: EngineTarget } {
    this.#count += 1;
    const execution: Execution & { target?: EngineTarget } = {
      ref: { engine: this.id, id: `execution-${this.#count}` },
      state: 'running',
      application: given.target?.serviceName ?? 'orders',
      pipelineId: 'pipeline-1',
      parameters: {},
      startedBy: { user: 'svc-delivery', ours: true },
      createdAt: this.#clock.now().toISOString(),
      cancelRequested: false,
      steps: [],
      deployReached: false,
      claim: 'waiting',
      integrity: { intact: true },
      ...given,
    };
    this.executions.push(execution);
    return execution;
  }

  /** Changes an Execution in place, as the engine would over time. */
  update(id: string, change: Partial<Execution>): void {
    const index = this.executions.findIndex(one => one.ref.id === id);
    if (index < 0) {
      throw new Error(`There is no execution ${id}`);
    }
    this.executions[index] = { ...this.executions[index], ...change };
  }

  /** Lets the deploy step of an Execution begin, and writes it in the ledger. */
  deploy(id: string): void {
    this.update(id, { deployReached: true, claim: 'admitted' });
    const execution = this.executions.find(one => one.ref.id === id);
    this.deploys.push({ id, chartVersion: execution?.parameters.chartVersion });
  }

  /** Deploys and ends an Execution well. */
  succeed(id: string): void {
    this.deploy(id);
    this.update(id, {
      state: 'succeeded',
      endedAt: this.#clock.now().toISOString(),
    });
  }

  /** Ends an Execution badly after its deploy step began. */
  fail(id: string, message: string): void {
    this.deploy(id);
    this.update(id, {
      state: 'failed',
      message,
      endedAt: this.#clock.now().toISOString(),
    });
  }

  #throwWhenDown(): void {
    if (this.down) {
      throw this.down;
    }
  }
}

function digestOfBase64(text: string): string {
  return digestOf(new Uint8Array(Buffer.from(text, 'base64')));
}
