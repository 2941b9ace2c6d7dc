// SPDX-License-Identifier: Apache-2.0
/** How Gate may behave. */
export const GATE_MODES = [
  'ok',
  '500-before',
  '500-after',
  'timeout-before',
  'timeout-after',
  'timeout-late',
  'slow-30s',
  'twice',
  'reset-before',
  'reset-after',
  'malformed',
  '401',
  '429',
  'invisible-60s',
  'cancel-without-effect',
  'status-backwards',
] as const;
/** How Gate behaves in a run. */
export type GateMode = (typeof GATE_MODES)[number];
