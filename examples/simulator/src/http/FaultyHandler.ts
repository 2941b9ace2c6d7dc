// SPDX-License-Identifier: Apache-2.0
import { ConnectionLostError } from './serveFetch';

/** How a vendor misbehaves. */
export type VendorFault =
  | { kind: 'none' }
  /** Connections are cut. */
  | { kind: 'down' }
  /** Each answer takes this long. */
  | { kind: 'slow'; milliseconds: number }
  /** Each answer is this status, and nothing is done. */
  | { kind: 'error'; status: number };

/** A vendor's handler that can be told to misbehave. */
export class FaultyHandler {
  readonly #handle: (request: Request) => Promise<Response>;
  #fault: VendorFault = { kind: 'none' };

  constructor(handle: (request: Request) => Promise<Response>) {
    this.#handle = handle;
  }

  /** The present fault. */
  get fault(): VendorFault {
    return this.#fault;
  }

  /** Misbehaves in this way from now on. */
  setFault(fault: VendorFault): void {
    this.#fault = fault;
  }

  /** Answers as the vendor does, or as the fault wants it. */
  async handle(request: Request): Promise<Response> {
    const fault = this.#fault;
    switch (fault.kind) {
      case 'down':
        throw new ConnectionLostError('The vendor is down');
      case 'error':
        return new Response('Simulated fault\n', { status: fault.status });
      case 'slow':
        await delay(fault.milliseconds, request.signal);
        return this.#handle(request);
      case 'none':
        return this.#handle(request);
      default:
        throw new Error(`Unknown fault ${JSON.stringify(fault)}`);
    }
  }
}

function delay(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    const leave = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    signal.addEventListener('abort', leave, { once: true });
  });
}
