// SPDX-License-Identifier: Apache-2.0
import { serializeError } from '@backstage/errors';
import { orderSchema } from './messages';
import { Worker } from './Worker';

/** One replica of the promotion engine: it does what its parent says, in a process of its own. */
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
process.on('disconnect', () => process.exit(0));
process.send?.({ id: 0, value: 'ready' });
