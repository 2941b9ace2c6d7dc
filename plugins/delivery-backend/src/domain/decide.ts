// SPDX-License-Identifier: Apache-2.0
import { toError } from '@backstage/errors';
import type {
  Decision,
  GateVerdict,
  Verdict,
} from 'backstage-plugin-delivery-common';
import type { Fact, Gate, GateContext } from 'backstage-plugin-delivery-node';
import type { ConfiguredGate } from '../config/DeliveryConfig';
import { sayIso } from './sayIso';

const NOTHING: ReadonlyMap<string, Fact> = new Map();

/**
 * The Verdicts of all Gates that count for this kind, evaluated together.
 *
 * @param facts - What was gathered for each Gate, by its id.
 *
 * @remarks
 * A Gate that throws is unknown, which never passes.
 */
export function evaluateGates(
  gates: readonly ConfiguredGate[],
  context: Omit<GateContext, 'facts'>,
  facts: ReadonlyMap<string, ReadonlyMap<string, Fact>> = new Map(),
): GateVerdict[] {
  const verdicts: GateVerdict[] = [];
  const asked: GateContext = { ...context, facts: NOTHING };
  for (const one of gates) {
    if (one.appliesTo.includes(context.kind)) {
      const known = facts.get(one.id);
      verdicts.push(
        evaluateOne(one, known ? { ...context, facts: known } : asked),
      );
    }
  }
  return verdicts;
}

function evaluateOne(
  { config, gate, id, mode, onUnknown, overridable }: ConfiguredGate,
  context: GateContext,
): GateVerdict {
  const given = ask(gate, config, context);
  // Field by field: a Decision takes a million of these a second.
  const verdict: GateVerdict = {
    // Where the operator wants it, what is not known fails at once.
    status:
      given.status === 'unknown' && onUnknown === 'fail'
        ? 'fail'
        : given.status,
    reason: given.reason,
    gate: id,
    type: gate.type,
    title: gate.title(config),
    overridable,
  };
  if (given.earliest !== undefined) {
    verdict.earliest = given.earliest;
  }
  if (given.canAct !== undefined) {
    verdict.canAct = given.canAct;
  }
  if (given.evidence !== undefined) {
    verdict.evidence = given.evidence;
  }
  if (given.fix !== undefined) {
    verdict.fix = given.fix;
  }
  if (mode === 'audit') {
    verdict.mode = mode;
  }
  return verdict;
}

function ask(gate: Gate, config: unknown, context: GateContext): Verdict {
  try {
    return gate.evaluate(config, context);
  } catch (error) {
    const cause = toError(error).message;
    return {
      status: 'unknown',
      reason: `The gate could not be evaluated: ${cause}`.slice(0, 500),
    };
  }
}

/**
 * All Verdicts together.
 *
 * @param judge - The Verdicts as they are at an instant, with everything else
 * as it is now.
 *
 * @remarks
 * One that fails stops; else one that waits or is unknown waits. The earliest
 * time is the first one at which all of them pass by themselves: a window that
 * is open when the soak ends counts, not the one that is open now. It is left out
 * as soon as one of them cannot tell its own time.
 */
export function decide(
  judge: (now: Date) => readonly GateVerdict[],
  now: Date,
): Decision {
  const verdicts = judge(now);
  const decidedAt = sayIso(now);
  const open = verdicts.filter(stands);
  if (open.length === 0) {
    return {
      outcome: 'proceed',
      reason: countPassed(verdicts),
      verdicts: [...verdicts],
      decidedAt,
    };
  }
  const failed = open.filter(verdict => verdict.status === 'fail');
  const decisive = failed.length > 0 ? failed : open;
  const canAct = [...new Set(open.flatMap(verdict => verdict.canAct ?? []))];
  const earliest = findEarliest(judge, now, open);
  return {
    outcome: failed.length > 0 ? 'stop' : 'wait',
    reason: decisive
      .map(verdict => `${verdict.title}: ${verdict.reason}`)
      .join(' ')
      .slice(0, 500),
    ...(earliest ? { earliest: earliest.toISOString() } : {}),
    ...(canAct.length > 0 ? { canAct: canAct.slice(0, 50) } : {}),
    verdicts: [...verdicts],
    decidedAt,
  };
}

function countPassed(verdicts: readonly GateVerdict[]): string {
  let counting = 0;
  let overridden = 0;
  for (const { mode, overriddenBy } of verdicts) {
    if (mode !== 'audit') {
      counting += 1;
      overridden += overriddenBy ? 1 : 0;
    }
  }
  return overridden > 0
    ? `${
        counting - overridden
      } of ${counting} gates pass, ${overridden} overridden.`
    : `All ${counting} gates pass.`;
}

/** More turns than any calendar of windows and freezes takes. */
const MOST_TURNS = 100;

function findEarliest(
  judge: (now: Date) => readonly GateVerdict[],
  now: Date,
  standing: readonly GateVerdict[],
): Date | undefined {
  let open = standing;
  let time = now.getTime();
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const times = open.map(({ earliest, status }) =>
      status === 'fail' || !earliest ? NaN : Date.parse(earliest),
    );
    const next = Math.max(...times);
    if (!(next > time)) {
      return undefined;
    }
    time = next;
    open = judge(new Date(time)).filter(stands);
    if (open.length === 0) {
      return new Date(time);
    }
  }
  return undefined;
}

/** Whether a Verdict stands in the way. */
function stands(verdict: GateVerdict): boolean {
  return (
    verdict.status !== 'pass' &&
    verdict.mode !== 'audit' &&
    verdict.overriddenBy === undefined
  );
}
