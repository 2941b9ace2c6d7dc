// SPDX-License-Identifier: Apache-2.0
import { startupSnapshot } from 'node:v8';
import { serializeError } from '@backstage/errors';
import { orderSchema } from './messages';
import { Worker } from './Worker';

/** One replica of the promotion engine: it does what its parent says, until the parent lets go of it. */
function serve(onEnd: (worker: Worker) => void): void {
  const worker = new Worker();
  process.on('message', (message: { id: number; order: unknown }) => {
    worker
      .carryOut(orderSchema.parse(message.order))
      .then(
        value => ({ id: message.id, value }),
        error => ({ id: message.id, error: serializeError(error) }),
      )
      .then(answer => process.send?.(answer));
  });
  process.on('disconnect', () => onEnd(worker));
  process.send?.({ id: 0, value: 'ready' });
}

/**
 * Serves for practice before the heap is written down, so that those who start from
 * it find the code compiled; of what they did nothing else stays.
 */
function practise(): void {
  const { any, timeout } = AbortSignal;
  // A timer that nobody waits for would be written down with the heap.
  AbortSignal.timeout = () => new AbortController().signal;
  AbortSignal.any = ([first]) => first;
  serve(async worker => {
    AbortSignal.timeout = timeout;
    AbortSignal.any = any;
    process.removeAllListeners('message');
    process.removeAllListeners('disconnect');
    await worker.close();
  });
}

const serveUntilAlone = () => serve(() => process.exit(0));

if (startupSnapshot.isBuildingSnapshot()) {
  startupSnapshot.setDeserializeMainFunction(serveUntilAlone);
  practise();
} else {
  serveUntilAlone();
}
