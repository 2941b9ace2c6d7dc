// SPDX-License-Identifier: Apache-2.0
import type { Db } from './Db';
import { listSourceStates, saveSourceState } from './observations';

/**
 * Makes sources that were live when we stopped wait to be seen again.
 *
 * @remarks
 * What they said last stays, with its time; that they are live nobody knows
 * before they are asked.
 */
export async function forgetFreshness(db: Db): Promise<void> {
  for (const state of await listSourceStates(db)) {
    if (state.state === 'live') {
      await saveSourceState(db, { ...state, state: 'syncing' });
    }
  }
}
