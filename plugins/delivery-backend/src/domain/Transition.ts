// SPDX-License-Identifier: Apache-2.0
import type { PromotionRecord } from './PromotionRecord';

/** A line for the Promotion's record. */
export type RecordLine = {
  type: string;
  summary: string;
  by?: string;
  data?: Record<string, string | number | boolean | undefined>;
};

/**
 * What has to be done in the same transaction.
 *
 * @remarks
 * Calls to the outside are not effects: the reconciler derives them from what
 * is stored, so a crash after the commit loses none.
 */
export type Effect =
  | { type: 'deployment-began' }
  | { type: 'deployment-verified' }
  | { type: 'deployment-failed'; message: string }
  | { type: 'hold'; reason: string }
  | { type: 'roll-back'; because: string };

/** The Promotion after an input, what to write down, and what to do. */
export type Transition = {
  promotion: PromotionRecord;
  line?: RecordLine;
  effects: Effect[];
};
