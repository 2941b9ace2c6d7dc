// SPDX-License-Identifier: Apache-2.0
import type { CrashPoint } from '../worker/messages';
import { GATE_MODES } from '../world/GateMode';
import type { Life, MatrixCase } from './MatrixCase';

const COMMITS: Record<Life, string[]> = {
  forward: [
    'requested',
    'approved',
    'admitted',
    'call',
    'call-unknown',
    'start-again',
    'started',
    'deploying',
    'deployed',
    'verified',
  ],
  rollback: ['failed', 'rolled-back'],
  cancel: ['cancel-requested', 'cancelled'],
  automatic: ['requested', 'admitted', 'call', 'started', 'deployed'],
};

/** The second of its kind in these lives is that of the rollback. */
const OF_THE_ROLLBACK = ['admitted', 'call', 'started', 'deployed'];

const CALLS: Record<Life, [string, number][]> = {
  forward: [
    ['inspect', 1],
    ['find', 1],
    ['start', 1],
    ['get', 1],
    ['get', 4],
  ],
  rollback: [['start', 2]],
  cancel: [
    ['cancel', 1],
    ['start', 1],
  ],
  automatic: [
    ['find', 2],
    ['start', 1],
  ],
};

function pointsOf(life: Life): CrashPoint[] {
  const both = ['before', 'after'] as const;
  const commits = [
    ...COMMITS[life].map(name => ({ kind: 'event' as const, name, nth: 1 })),
    ...(life === 'rollback'
      ? OF_THE_ROLLBACK.map(name => ({
          kind: 'event' as const,
          name,
          nth: name === 'deployed' ? 1 : 2,
        }))
      : []),
    ...(life === 'forward'
      ? [{ kind: 'claim' as const, name: '', nth: 1 }]
      : []),
    ...CALLS[life].map(([name, nth]) => ({ kind: 'call' as const, name, nth })),
  ];
  return commits.flatMap(point => both.map(when => ({ ...point, when })));
}

/** Each crash point of each life, in each mode of Gate; once for each seed. */
export function allCases(options: { seeds: number }): MatrixCase[] {
  const lives: Life[] = ['forward', 'rollback', 'cancel', 'automatic'];
  const points = lives.flatMap(life =>
    pointsOf(life).map(crash => ({ life, crash })),
  );
  const cases: MatrixCase[] = [];
  for (let seed = 0; seed < options.seeds; seed += 1) {
    for (const mode of GATE_MODES) {
      for (const point of points) {
        cases.push({ ...point, mode, seed });
      }
    }
  }
  return cases;
}
