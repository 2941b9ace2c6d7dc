// SPDX-License-Identifier: Apache-2.0
import type {
  Decision,
  GateVerdict,
  Verdict,
} from 'backstage-plugin-delivery-common';
import type { Fact, GateContext } from 'backstage-plugin-delivery-node';
import type { ConfiguredGate } from '../config/DeliveryConfig';

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
  return gates
    .filter(({ appliesTo }) => appliesTo.includes(context.kind))
    .map(({ id, gate, config }) => ({
      gate: id,
      type: gate.type,
      title: gate.title(config),
      ...evaluateOne(() =>
        gate.evaluate(config, {
          ...context,
          facts: facts.get(id) ?? new Map(),
        }),
      ),
    }));
}

function evaluateOne(evaluate: () => Verdict): Verdict {
  try {
    return evaluate();
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    return {
      status: 'unknown',
      reason: `The gate could not be evaluated: ${cause}`.slice(0, 500),
    };
  }
}

/**
 * All Verdicts together.
 *
 * @remarks
 * One that fails stops; else one that waits or is unknown waits. The earliest
 * time is the last of the Gates' times, and is left out as soon as one Gate that
 * does not pass cannot tell its own.
 */
export function decide(verdicts: readonly GateVerdict[], now: Date): Decision {
  const decidedAt = now.toISOString();
  const open = verdicts.filter(verdict => verdict.status !== 'pass');
  if (open.length === 0) {
    return {
      outcome: 'proceed',
      reason:
        verdicts.length === 0
          ? 'No gate stands before this environment.'
          : `All ${verdicts.length} gates pass.`,
      verdicts: [...verdicts],
      decidedAt,
    };
  }
  const failed = open.filter(verdict => verdict.status === 'fail');
  const decisive = failed.length > 0 ? failed : open;
  const canAct = [...new Set(open.flatMap(verdict => verdict.canAct ?? []))];
  const times = open.map(verdict => verdict.earliest);
  const earliest =
    failed.length === 0 && times.every(time => time !== undefined)
      ? times.toSorted().at(-1)
      : undefined;
  return {
    outcome: failed.length > 0 ? 'stop' : 'wait',
    reason: decisive
      .map(verdict => `${verdict.title}: ${verdict.reason}`)
      .join(' ')
      .slice(0, 500),
    ...(earliest ? { earliest } : {}),
    ...(canAct.length > 0 ? { canAct: canAct.slice(0, 50) } : {}),
    verdicts: [...verdicts],
    decidedAt,
  };
}
