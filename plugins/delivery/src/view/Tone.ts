// SPDX-License-Identifier: Apache-2.0
/** How a state is coloured; the word beside it always says the same. */
export type Tone = 'ok' | 'bad' | 'warn' | 'run' | 'unknown' | 'override';
