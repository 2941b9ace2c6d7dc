// SPDX-License-Identifier: Apache-2.0
import type {
  CdEngine,
  EngineBinding,
  Execution,
  ExecutionKey,
  StartOutcome,
  StartRequest,
} from 'backstage-plugin-delivery-node';
import type { ExecutionRef } from 'backstage-plugin-delivery-common';

/** What a vendor does, which is not what is measured: as little as possible. */
export class EngineDouble implements CdEngine {
  readonly id = 'spinnaker';
  readonly #executions = new Map<string, Execution>();
  readonly #byKey = new Map<string, Execution>();

  /** Called for each start, before it is answered. */
  onStart: (request: StartRequest, execution: Execution) => void = () => {};

  async inspect(): Promise<EngineBinding> {
    return { state: 'bound', pipelineId: 'pipeline', pipelineHash: 'hash' };
  }

  async find(key: ExecutionKey): Promise<Execution[]> {
    return this.byKey(
      key.kind === 'correlation' ? key.correlationId : undefined,
    );
  }

  /** What runs under a correlationId. */
  byKey(correlationId: string | undefined): Execution[] {
    const found = correlationId && this.#byKey.get(correlationId);
    return found ? [found] : [];
  }

  async start(request: StartRequest): Promise<StartOutcome> {
    const id = `execution-${request.correlationId}`;
    const execution: Execution = {
      ref: { engine: this.id, id },
      state: 'running',
      application: request.target.serviceName,
      pipelineId: request.pipelineId,
      correlationId: request.correlationId,
      parameters: request.parameters,
      startedBy: { user: 'svc-delivery', ours: true },
      createdAt: new Date().toISOString(),
      cancelRequested: false,
      steps: [{ name: 'Deploy', state: 'running' }],
      deployReached: false,
      claim: 'waiting',
      integrity: { intact: true },
    };
    this.#executions.set(id, execution);
    this.#byKey.set(request.correlationId, execution);
    this.onStart(request, execution);
    return { state: 'accepted', ref: execution.ref };
  }

  async get(ref: ExecutionRef): Promise<Execution | undefined> {
    return this.#executions.get(ref.id);
  }

  async cancel(): Promise<void> {}

  /** It ended well. */
  succeed(id: string): void {
    const execution = this.#executions.get(id);
    if (execution) {
      Object.assign(execution, {
        state: 'succeeded',
        deployReached: true,
        claim: 'admitted',
      });
    }
  }
}
