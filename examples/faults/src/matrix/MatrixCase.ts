// SPDX-License-Identifier: Apache-2.0
import type { CrashPoint } from '../worker/messages';
import type { GateMode } from '../world/GateMode';

/** The stories of a Promotion that are told. */
export const LIVES = ['forward', 'rollback', 'cancel', 'automatic'] as const;
/** One story of a Promotion. */
export type Life = (typeof LIVES)[number];

/** One run: a life, where the process is killed, how Gate behaves, and the seed. */
export type MatrixCase = {
  life: Life;
  crash: CrashPoint;
  mode: GateMode;
  seed: number;
};

/** The name of a case, by which it can be run alone. */
export function nameOf({ crash, life, mode, seed }: MatrixCase): string {
  return [
    life,
    `${crash.when}-${crash.kind}-${crash.name}-${crash.nth}`,
    mode,
    seed,
  ].join('/');
}
