// SPDX-License-Identifier: Apache-2.0
import { flushCompileCache } from 'node:module';
import { startupSnapshot } from 'node:v8';
import { serializeError } from '@backstage/errors';
import { orderSchema } from './messages';
import { Worker } from './Worker';

/** After so many orders most of what it does was compiled. */
const WARM = 30;

/** One replica of the promotion engine: it does what its parent says, in a process of its own. */
function serve(): void {
  const worker = new Worker();
  let orders = 0;
  process.on('message', (message: { id: number; order: unknown }) => {
    worker
      .carryOut(orderSchema.parse(message.order))
      .then(
        value => ({ id: message.id, value }),
        error => ({ id: message.id, error: serializeError(error) }),
      )
      .then(answer => {
        process.send?.(answer);
        orders += 1;
        if (orders === WARM) {
          // Whoever comes after it starts sooner; it may be killed before it ends.
          flushCompileCache();
        }
      });
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ id: 0, value: 'ready' });
}

if (startupSnapshot.isBuildingSnapshot()) {
  startupSnapshot.setDeserializeMainFunction(serve);
} else {
  serve();
}
