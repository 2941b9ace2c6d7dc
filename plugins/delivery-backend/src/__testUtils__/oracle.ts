// SPDX-License-Identifier: Apache-2.0

/**
 * A second implementation of the policy, for tests: as naive as it can be, and
 * sharing nothing with the real one. People are tried in every order, calendars
 * are scanned quarter of an hour by quarter of an hour.
 */

/** How a Gate of a random policy is written. */
export type OracleGate = {
  id: string;
  mode: 'enforce' | 'audit';
  onUnknown: 'wait' | 'fail';
  overridable: boolean;
  kinds: readonly string[];
} & (
  | {
      type: 'approvals';
      slots: readonly { name: string; from: string; count: number }[];
      excludeRequester: boolean;
      excludeAuthors: boolean;
      /** Hours. */
      expiresAfter: number;
    }
  | {
      type: 'window';
      zone: string;
      allow: readonly OracleRange[];
      deny: readonly OracleRange[];
    }
  | {
      type: 'freeze';
      zone: string;
      entries: readonly { from: string; to: string }[];
    }
  /** Minutes. */
  | { type: 'soak'; for: number }
  | { type: 'upstream' }
  | { type: 'notMarkedBad' }
  | { type: 'evidence'; unitTests: boolean; critical?: number }
);

/** Hours of some days of the week, `HH:MM`; 1 is Monday. */
export type OracleRange = {
  days: readonly number[];
  from: string;
  to: string;
};

/** Everything a Promotion is judged by. */
export type OracleCase = {
  kind: string;
  /** ISO 8601. */
  now: string;
  gates: readonly OracleGate[];
  requester?: string;
  authors: readonly string[];
  groups: Readonly<Record<string, readonly string[]>>;
  approvals: readonly {
    by: string;
    verdict: 'approve' | 'reject';
    at: string;
    void: boolean;
  }[];
  overrides: readonly { gates: readonly string[]; current: boolean }[];
  /** For each Environment before: ever verified, and since when without a break. */
  upstream: readonly { ever: boolean; since?: string }[];
  markedBad: boolean;
  tests?: { passed: number; failed: number };
  critical?: number;
};

type Status = 'pass' | 'wait' | 'fail' | 'unknown';

/** What the policy says: each Gate that counts, and all together. */
export function askOracle(given: OracleCase): {
  gates: Record<string, Status>;
  outcome: 'proceed' | 'wait' | 'stop';
} {
  const gates: Record<string, Status> = {};
  let outcome: 'proceed' | 'wait' | 'stop' = 'proceed';
  for (const gate of given.gates) {
    if (!gate.kinds.includes(given.kind)) {
      continue;
    }
    let status = judge(gate, given);
    if (status === 'unknown' && gate.onUnknown === 'fail') {
      status = 'fail';
    }
    gates[gate.id] = status;
    if (status === 'pass' || gate.mode === 'audit') {
      continue;
    }
    let letPass = false;
    for (const override of given.overrides) {
      if (override.current && override.gates.includes(gate.id)) {
        letPass = gate.overridable;
      }
    }
    if (!letPass && status === 'fail') {
      outcome = 'stop';
    } else if (!letPass && outcome === 'proceed') {
      outcome = 'wait';
    }
  }
  return { gates, outcome };
}

function judge(gate: OracleGate, given: OracleCase): Status {
  switch (gate.type) {
    case 'approvals':
      return judgeApprovals(gate, given);
    case 'window':
      return isOpen(gate, given.now) ? 'pass' : 'wait';
    case 'freeze':
      return gate.entries.some(
        ({ from, to }) =>
          firstInstant(from, gate.zone) <= Date.parse(given.now) &&
          Date.parse(given.now) < firstInstant(to, gate.zone),
      )
        ? 'wait'
        : 'pass';
    case 'soak':
      return given.upstream.every(
        ({ since }) =>
          since !== undefined &&
          Date.parse(given.now) - Date.parse(since) >= gate.for * 60_000,
      )
        ? 'pass'
        : 'wait';
    case 'upstream':
      return given.upstream.every(({ ever }) => ever) ? 'pass' : 'wait';
    case 'notMarkedBad':
      return given.markedBad ? 'fail' : 'pass';
    default: {
      const found: Status[] = ['pass'];
      if (gate.unitTests) {
        const { tests } = given;
        if (!tests || tests.passed + tests.failed === 0) {
          found.push('unknown');
        } else {
          found.push(tests.failed === 0 ? 'pass' : 'fail');
        }
      }
      if (gate.critical !== undefined) {
        if (given.critical === undefined) {
          found.push('unknown');
        } else {
          found.push(given.critical <= gate.critical ? 'pass' : 'fail');
        }
      }
      if (found.includes('fail')) {
        return 'fail';
      }
      return found.includes('unknown') ? 'unknown' : 'pass';
    }
  }
}

function judgeApprovals(
  gate: OracleGate & { type: 'approvals' },
  given: OracleCase,
): Status {
  const approvers = new Set<string>();
  for (const approval of given.approvals) {
    const age = Date.parse(given.now) - Date.parse(approval.at);
    if (
      approval.verdict === 'approve' &&
      !approval.void &&
      age < gate.expiresAfter * 3_600_000 &&
      !(gate.excludeRequester && approval.by === given.requester) &&
      !(gate.excludeAuthors && given.authors.includes(approval.by))
    ) {
      approvers.add(approval.by);
    }
  }
  const places: string[] = [];
  for (const slot of gate.slots) {
    for (let one = 0; one < slot.count; one += 1) {
      places.push(slot.from);
    }
  }
  if (mostFilled(places, [...approvers], given.groups) === places.length) {
    return 'pass';
  }
  return gate.slots.some(({ from }) => !(from in given.groups))
    ? // Unknown, unless every place of the unknown group's kind were filled, which nobody can.
      'unknown'
    : 'wait';
}

/** Tries everybody, and nobody, in the first place, and so on. */
function mostFilled(
  places: readonly string[],
  people: readonly string[],
  groups: OracleCase['groups'],
): number {
  const [first, ...rest] = places;
  if (first === undefined) {
    return 0;
  }
  let best = mostFilled(rest, people, groups);
  for (const person of people) {
    if (groups[first]?.includes(person)) {
      const others = people.filter(other => other !== person);
      best = Math.max(best, 1 + mostFilled(rest, others, groups));
    }
  }
  return best;
}

function isOpen(gate: OracleGate & { type: 'window' }, now: string): boolean {
  const inside = (range: OracleRange) => {
    const today = shownAt(Date.parse(now), gate.zone).slice(0, 10);
    return [-1, 0].some(offset => {
      const day = dayAfter(today, offset);
      const weekday = new Date(`${day}T00:00Z`).getUTCDay() || 7;
      if (!range.days.includes(weekday)) {
        return false;
      }
      const overMidnight = range.to <= range.from;
      const begins = firstInstant(`${day} ${range.from}`, gate.zone);
      const ends =
        range.to === '24:00'
          ? firstInstant(`${dayAfter(day, 1)} 00:00`, gate.zone)
          : firstInstant(
              `${overMidnight ? dayAfter(day, 1) : day} ${range.to}`,
              gate.zone,
            );
      return begins <= Date.parse(now) && Date.parse(now) < ends;
    });
  };
  return (
    (gate.allow.length === 0 || gate.allow.some(inside)) &&
    !gate.deny.some(inside)
  );
}

const known = new Map<string, number>();

/** The first quarter of an hour at which the clock on the wall shows that much. */
function firstInstant(local: string, zone: string): number {
  const key = `${zone} ${local}`;
  const before = known.get(key);
  if (before !== undefined) {
    return before;
  }
  let time = Date.parse(`${local.replace(' ', 'T')}Z`) - 15 * 3_600_000;
  while (shownAt(time, zone) < local) {
    time += 15 * 60_000;
  }
  known.set(key, time);
  return time;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function shownAt(time: number, zone: string): string {
  const clock =
    clocks.get(zone) ??
    new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
  clocks.set(zone, clock);
  return clock.format(time);
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00Z`) + days * 86_400_000)
    .toISOString()
    .slice(0, 10);
}
