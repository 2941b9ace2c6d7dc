// SPDX-License-Identifier: Apache-2.0
import { cpus, loadavg } from 'node:os';
import type { Spread } from './figures';
import type { DecisionFigures, DoorFigures } from './measureDecisions';
import type { ReplicaFigures } from './measureReplicas';

/** What was measured, and where. */
export type EngineReport = {
  at: string;
  machine: { cpu: string; cores: number; node: string; postgres: string };
  loadBefore: number;
  decisions: DecisionFigures;
  doors: DoorFigures;
  promote: Spread;
  replicas: ReplicaFigures;
};

/** The machine by what it can do, not by its name. */
export function thisMachine(postgres: string): EngineReport['machine'] {
  const [first] = cpus();
  return {
    cpu: first?.model ?? 'unknown',
    cores: cpus().length,
    node: process.versions.node,
    postgres,
  };
}

/** How busy the machine is already. */
export function loadNow(): number {
  return Math.round(loadavg()[0] * 10) / 10;
}

/** The figures as Markdown. */
export function tableOf(report: EngineReport): string {
  const { decisions, doors, machine, promote, replicas } = report;
  const ms = (value: number) => `${value} ms`;
  const rows: [string, string, string, boolean][] = [
    [
      'a Decision with reasons and evidence from PostgreSQL, p99',
      '≤ 20 ms',
      `${ms(decisions.fromDatabase.p99)} (p50 ${ms(
        decisions.fromDatabase.p50,
      )})`,
      decisions.fromDatabase.p99 <= 20,
    ],
    [
      'pure Decisions (six gates with reasons, facts at hand)',
      '≥ 500,000/s',
      `${decisions.purePerSecond.toLocaleString('en')}/s`,
      decisions.purePerSecond >= 500_000,
    ],
    [
      `what can go where: ${doors.doors} doors of ${doors.services} services, p99`,
      '≤ 100 ms',
      `${ms(doors.fromMemory.p99)} (p50 ${ms(
        doors.fromMemory.p50,
      )}; with all facts read from PostgreSQL anew p50 ${ms(
        doors.fromDatabase.p50,
      )})`,
      doors.fromMemory.p99 <= 100,
    ],
    [
      'from Promote to the call of Gate, our share, p99',
      '≤ 100 ms',
      `${ms(promote.p99)} (p50 ${ms(promote.p50)})`,
      promote.p99 <= 100,
    ],
    [
      `${replicas.replicas} replicas, each Promotion from the request to its verification, for ${replicas.seconds} s once they are warm`,
      '≥ 50/s',
      `${replicas.succeeded} of ${replicas.promotions} asked at ${
        replicas.askedPerSecond
      }/s succeeded, the last one ${
        replicas.restSeconds
      } s after the last request; to Gate p50 ${ms(
        replicas.toGate.p50,
      )}, p99 ${ms(replicas.toGate.p99)}`,
      replicas.succeeded === replicas.promotions &&
        replicas.askedPerSecond >= 49.5 &&
        replicas.restSeconds <= 15,
    ],
  ];
  return [
    `${machine.cores} cores (${machine.cpu}), load ${report.loadBefore} before the run; Node ${machine.node}, PostgreSQL ${machine.postgres} on the same machine; ${report.at}.`,
    '',
    '| | limit | measured | |',
    '| --- | --: | --- | --- |',
    ...rows.map(
      ([what, limit, measured, met]) =>
        `| ${what} | ${limit} | ${measured} | ${met ? 'met' : '**missed**'} |`,
    ),
    '',
    `With the fingerprint, the policy hash and the standing rules a Decision from facts at hand is made ${decisions.wholePerSecond.toLocaleString(
      'en',
    )} times a second.`,
  ].join('\n');
}
