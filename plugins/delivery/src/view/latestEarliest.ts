// SPDX-License-Identifier: Apache-2.0
import type { Decision, GateVerdict } from 'backstage-plugin-delivery-common';

/**
 * From when the Gates that have a time of their own let pass, people aside;
 * undefined when none has one.
 *
 * @remarks
 * The Decision's own time can be later than all of them: a window that is open
 * now may be shut again when a soak ends.
 */
export function latestEarliest(
  decision: Decision,
  gates: readonly GateVerdict[],
): string | undefined {
  return [
    ...gates.flatMap(({ earliest }) => earliest ?? []),
    ...(decision.earliest ? [decision.earliest] : []),
  ]
    .sort((a, b) => Date.parse(a) - Date.parse(b))
    .at(-1);
}
