// SPDX-License-Identifier: Apache-2.0
import type {
  EntityRef,
  NotCounted,
  SlotState,
} from 'backstage-plugin-delivery-common';
import type { Gate, GateContext } from 'backstage-plugin-delivery-node';
import { z } from 'zod';
import { durationSchema } from '../domain/durationSchema';
import { lintSlots } from '../domain/lintSlots';
import { maximumMatching } from '../domain/maximumMatching';
import { nameOf } from '../domain/nameOf';
import { sayList } from '../domain/sayList';
import { slotFaults } from '../domain/slotFaults';

const configSchema = z.strictObject({
  type: z.literal('approvals'),
  slots: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(60),
        from: z
          .string()
          .regex(
            /^(owner|(group|user):[a-z0-9][a-z0-9._-]*\/[a-z0-9][a-z0-9._-]*)$/,
            'must be owner, group:<namespace>/<name> or user:<namespace>/<name>',
          ),
        count: z.number().int().min(1).max(10).default(1),
      }),
    )
    .min(1)
    .max(10),
  excludeRequester: z.boolean().default(true),
  excludeAuthors: z.boolean().default(true),
  expiresAfter: durationSchema.default(86_400_000),
});

type Config = z.output<typeof configSchema>;

type Place = SlotState & { known: boolean };

/**
 * People must approve: one for each slot, nobody twice, not who asked for it and
 * not who wrote it.
 *
 * @remarks
 * A slot with a `count` asks for that many of its people. An approval counts for
 * a day, or as long as `expiresAfter` says. Slots are given out so that as many as possible are filled: somebody who fits
 * two of them takes the one that nobody else can.
 *
 * ```yaml
 * gates:
 *   - type: approvals
 *     excludeRequester: true
 *     slots:
 *       - { name: owner, from: owner }
 *       - { name: platform, from: 'group:default/platform', count: 2 }
 * ```
 */
export const ApprovalsGate: Gate<Config> = {
  type: 'approvals',
  title: () => 'Approvals',
  configSchema,
  defaultFor: ['forward', 'automatic'],
  people: config => [...new Set(config.slots.map(slot => slot.from))],
  faults: (config, people) => slotFaults(config.slots, people),
  lint: (config, { people }) => lintSlots(config, people),
  evaluate(config, context) {
    const places = fill(config, context);
    const given = places.filter(place => place.filledBy).length;
    const open = places.filter(place => !place.filledBy);
    const count = `${given} of ${places.length} given`;
    if (open.length === 0) {
      return {
        status: 'pass',
        reason: `${count}, by ${sayList(
          places.flatMap(place =>
            place.filledBy ? [nameOf(place.filledBy)] : [],
          ),
          'and',
        )}.`,
      };
    }
    const unknown = open.find(place => !place.known);
    if (unknown) {
      return {
        status: 'unknown',
        reason: `${count}. Who may fill "${unknown.name}" (${unknown.from}) is not known now.`,
      };
    }
    const empty = open.find(place => place.eligible.length === 0);
    const canAct = [...new Set(open.flatMap(place => place.eligible))];
    return {
      status: 'wait',
      reason: empty
        ? `${count}. Nobody can fill "${empty.name}" (${empty.from}): everybody in it is excluded.`
        : `${count}.`,
      ...(canAct.length > 0 ? { canAct: canAct.slice(0, 50) } : {}),
    };
  },
  approvals(config, context) {
    return {
      slots: fill(config, context).map(({ known: _, ...slot }) => slot),
      notCounted: excluded(config, context),
    };
  },
};

function excluded(config: Config, context: GateContext): NotCounted[] {
  const candidates = new Set(
    config.slots.flatMap(slot => context.people.get(slot.from) ?? []),
  );
  const requester = config.excludeRequester ? context.requestedBy : undefined;
  const authors = config.excludeAuthors ? context.authors : [];
  return [
    ...(requester && candidates.has(requester)
      ? [{ person: requester, reason: 'asked for it' }]
      : []),
    ...authors
      .filter(author => author !== requester && candidates.has(author))
      .map(author => ({ person: author, reason: 'wrote one of the commits' })),
  ];
}

function fill(config: Config, context: GateContext): Place[] {
  const out = new Set<EntityRef>(
    excluded(config, context).map(({ person }) => person),
  );
  const approvers = context.approvals
    .filter(
      approval =>
        approval.verdict === 'approve' &&
        !approval.void &&
        context.now.getTime() < Date.parse(approval.at) + config.expiresAfter,
    )
    .map(approval => approval.by);
  const slots = config.slots.flatMap(slot =>
    Array.from({ length: slot.count }, (_, index) => ({
      from: slot.from,
      name: index === 0 ? slot.name : `${slot.name} ${index + 1}`,
    })),
  );
  const eligible = slots.map(slot =>
    (context.people.get(slot.from) ?? []).filter(person => !out.has(person)),
  );
  const filled = maximumMatching(
    eligible.map(people => approvers.filter(person => people.includes(person))),
  );
  return slots.map((slot, index) => ({
    name: slot.name,
    from: slot.from,
    ...(filled[index] ? { filledBy: filled[index] } : {}),
    eligible: eligible[index]
      .filter(person => !approvers.includes(person))
      .slice(0, 50),
    known: context.people.has(slot.from),
  }));
}
