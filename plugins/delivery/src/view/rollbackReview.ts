// SPDX-License-Identifier: Apache-2.0
import type {
  Decision,
  ServiceDelivery,
} from 'backstage-plugin-delivery-common';
import { gateList, type GateListView, type GateRow } from './gateList';
import type { ViewClock } from './ViewClock';

/**
 * The Gates of a roll back in two lists: those that apply, and those of the
 * same door that do not count for it.
 */
export function rollbackReview(
  service: ServiceDelivery,
  environment: string,
  decision: Decision,
  clock: ViewClock,
): { apply: GateListView; dropped: GateRow[] } {
  const asked = new Set(decision.verdicts.map(({ gate }) => gate));
  const forward = service.doors
    .filter(door => door.to === environment)
    .flatMap(door => door.decision?.verdicts ?? [])
    .filter(({ gate }) => !asked.has(gate));
  return {
    apply: gateList(decision, clock),
    dropped: [...new Map(forward.map(each => [each.gate, each])).values()].map(
      ({ gate, title }) => ({
        gate,
        title,
        label: 'Dropped',
        tone: 'unknown',
        icon: 'dash',
        reason: 'does not count for a roll back.',
      }),
    ),
  };
}
