// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';
import type { CertainPeople } from 'backstage-plugin-delivery-node';
import { refusal, type ConfigFault } from '../config/ConfigFault';
import { gateFaults } from '../config/gateFaults';
import type { DeliveryConfig } from '../config/DeliveryConfig';

/** How long a catalog may take to know somebody whom the configuration names. */
const PATIENCE_MS = 5_000;
/** A catalog that takes longer to answer is not ready, which proves nothing. */
const ANSWER_MS = 3_000;
const AGAIN_MS = 500;

/**
 * Refuses to start with slots that nobody can ever fill.
 *
 * @remarks
 * Only what is certain counts: the catalog answers, has people or groups, and
 * for a while still not the one that is named, or too few of them. While it does
 * not answer delivery starts; the check at the start, the doctor and the Verdict
 * itself tell of it then.
 * @throws InputError with the path of every fault.
 */
export async function refuseUnfillableSlots(options: {
  config: Pick<DeliveryConfig, 'paths' | 'policies'>;
  certainly(names: readonly string[]): Promise<CertainPeople>;
  patience?: number;
  signal: AbortSignal;
}): Promise<void> {
  const { config, patience = PATIENCE_MS, signal } = options;
  const gates = [
    ...[...config.paths.values()].flatMap(path => path.environments),
    ...config.policies,
  ]
    .flatMap(one => one.gates)
    .filter(({ mode }) => mode === 'enforce');
  const names = new Set(
    gates.flatMap(one => one.gate.people?.(one.config) ?? []),
  );
  names.delete('owner');
  const look = async (): Promise<ConfigFault[]> => {
    const people = await Promise.race([
      options.certainly([...names]),
      delay(ANSWER_MS, new Map(), { ref: false, signal }),
    ]);
    return gates.flatMap(gate => gateFaults(gate, people));
  };
  if (names.size === 0) {
    return;
  }
  const began = performance.now();
  let faults = await look();
  while (faults.length > 0 && performance.now() - began < patience) {
    await delay(AGAIN_MS, undefined, { signal });
    faults = await look();
  }
  if (faults.length > 0) {
    throw refusal(faults);
  }
}
