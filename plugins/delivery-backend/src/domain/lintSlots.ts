// SPDX-License-Identifier: Apache-2.0
import type { EntityRef } from 'backstage-plugin-delivery-common';
import type { LintFinding } from 'backstage-plugin-delivery-node';
import { maximumMatching } from './maximumMatching';
import { nameOf } from './nameOf';

/** Why slots can never all be filled, or not by everybody's request. */
export function lintSlots(
  config: {
    slots: readonly { name: string; from: string; count: number }[];
    excludeRequester: boolean;
  },
  people: ReadonlyMap<string, readonly EntityRef[]>,
): LintFinding[] {
  const unknown = config.slots.filter(({ from }) => !people.has(from));
  const empty = config.slots.filter(
    ({ from }) => people.get(from)?.length === 0,
  );
  const findings: LintFinding[] = [
    ...unknown.map(({ from, name }) => ({
      severity: 'unknown' as const,
      detail: `Who may fill "${name}" (${from}) is not known: there is no such group, user or owner, or the catalog did not answer.`,
      fix: 'Correct the name, or add the group to the catalog.',
    })),
    ...empty.map(({ from, name }) => ({
      severity: 'error' as const,
      detail: `Nobody can fill "${name}": ${from} has no members.`,
      fix: 'Add members to the group, or name another one.',
    })),
  ];
  if (findings.length > 0) {
    return findings;
  }
  const places = config.slots.flatMap(slot =>
    Array.from({ length: slot.count }, () => people.get(slot.from) ?? []),
  );
  const filled = fillable(places);
  const all = [...new Set(places.flat())];
  if (filled < places.length) {
    return [
      {
        severity: 'error',
        detail: `The ${
          places.length
        } slots need as many different people, and at most ${filled} of them can be filled: ${all
          .map(nameOf)
          .slice(0, 5)
          .join(', ')}.`,
        fix: 'Add people, or ask for fewer of them.',
      },
    ];
  }
  const stuck = config.excludeRequester
    ? all.filter(
        person =>
          fillable(places.map(one => one.filter(other => other !== person))) <
          places.length,
      )
    : [];
  return stuck.length > 0
    ? [
        {
          severity: 'warning',
          detail: `What ${stuck
            .map(nameOf)
            .slice(0, 5)
            .join(
              ' or ',
            )} asks for can never be approved: who asks is excluded, and the others cannot fill every slot.`,
          fix: 'Add people to the slots.',
        },
      ]
    : [];
}

function fillable(places: readonly (readonly EntityRef[])[]): number {
  return maximumMatching(places).filter(person => person !== undefined).length;
}
