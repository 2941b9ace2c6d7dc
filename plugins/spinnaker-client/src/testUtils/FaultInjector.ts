// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises';
import { GateFailure } from './GateReply';
import { GateFault, gateFaultSchema } from './model/GateFault';
import { toResponse } from './toResponse';

/** Thrown for a connection that is to be reset. */
class ConnectionLostError extends Error {
  readonly name = 'ConnectionLostError';
}

/** What goes wrong on the way to the fake and back. */
export class FaultInjector {
  readonly #faults: { fault: GateFault; left: number }[] = [];
  readonly #hiddenUntil = new Map<string, number>();

  /** Adds a fault; returns how to take it away again. */
  add(fault: GateFault): () => void {
    const entry = {
      fault: gateFaultSchema.parse(fault),
      left: fault.times ?? Infinity,
    };
    this.#faults.push(entry);
    return () => {
      const index = this.#faults.indexOf(entry);
      if (index !== -1) {
        this.#faults.splice(index, 1);
      }
    };
  }

  /** Takes all faults away. */
  clear(): void {
    this.#faults.length = 0;
    this.#hiddenUntil.clear();
  }

  /** Whether an execution is hidden at this time. */
  isHidden(executionId: string, now: number): boolean {
    return (this.#hiddenUntil.get(executionId) ?? 0) > now;
  }

  /** Hides an execution until then. */
  hide(executionId: string, until: number): void {
    this.#hiddenUntil.set(executionId, until);
  }

  /** The fault that this call meets, which is used up by one. */
  take(method: string, path: string): GateFault | undefined {
    const index = this.#faults.findIndex(
      ({ fault }) =>
        (fault.method === undefined || fault.method === method) &&
        (fault.path === undefined || new RegExp(fault.path).test(path)),
    );
    if (index === -1) {
      return undefined;
    }
    const entry = this.#faults[index];
    entry.left -= 1;
    if (entry.left <= 0) {
      this.#faults.splice(index, 1);
    }
    return entry.fault;
  }

  /** Waits, when the fault is to be slow. */
  async delay(
    fault: GateFault | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    if (fault?.effect.kind === 'slow') {
      await sleep(fault.effect.ms, undefined, { signal }).catch(() => {});
    }
  }

  /** Fails a call in the way of the fault; `undefined` when it is not for this moment. */
  async fail(options: {
    fault: GateFault | undefined;
    when: 'before' | 'after';
    signal: AbortSignal;
    now: Date;
  }): Promise<Response | undefined> {
    const { fault, when, signal, now } = options;
    const effect = fault?.effect;
    if (!effect || !('when' in effect) || effect.when !== when) {
      return undefined;
    }
    switch (effect.kind) {
      case 'status':
        return toResponse(
          effect.status >= 500
            ? outage(effect.status).toReply(now)
            : { status: effect.status },
        );
      case 'hang':
        await new Promise<void>(resolve => {
          signal.addEventListener('abort', () => resolve(), { once: true });
        });
        throw new ConnectionLostError('The caller gave up');
      default:
        throw new ConnectionLostError('The connection is reset on purpose');
    }
  }
}

function outage(status: number): GateFailure {
  return new GateFailure({
    status,
    message: 'java.net.ConnectException: Failed to connect to orca',
    exception:
      'com.netflix.spinnaker.kork.retrofit.exceptions.SpinnakerNetworkException',
  });
}
