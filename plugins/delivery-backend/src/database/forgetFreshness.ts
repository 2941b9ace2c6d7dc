// SPDX-License-Identifier: Apache-2.0
import type { Db } from './Db';
import { listSourceStates, saveSourceState } from './observations';

/** Sources that are read only where somebody wants it, which may be no more. */
const OPTIONAL = ['helm'];

/**
 * Makes sources that were live when we stopped wait to be seen again.
 *
 * @remarks
 * What they said last stays, with its time; that they are live nobody knows
 * before they are asked. What is read only where it is wanted is told anew at
 * once, or not at all.
 */
export async function forgetFreshness(db: Db): Promise<void> {
  await db('delivery_sources').whereIn('source', OPTIONAL).delete();
  for (const state of await listSourceStates(db)) {
    if (state.state === 'live') {
      await saveSourceState(db, { ...state, state: 'syncing' });
    }
  }
}
