// SPDX-License-Identifier: Apache-2.0
import { digestOf } from 'backstage-plugin-delivery-node';

/** Marks a line with a key that the database does not hold. */
export interface Seal {
  /** `undefined` when no key is configured. */
  mac(text: string): string | undefined;
}

/** What a line of the record says, as it is hashed. */
export type ChainedLine = {
  promotionId: string;
  sequence: number;
  service: string;
  at: string;
  type: string;
  by?: string;
  phase: string;
  summary: string;
  data: string;
};

/** A line of the log of all Promotions. */
export type LogLine = ChainedLine & {
  hash: string;
  log: number;
  logHash: string;
  mac?: string;
};

/** The hash of a line, over what it says and the line before it in its record. */
export function lineHash(
  line: ChainedLine,
  before: string | undefined,
): string {
  return digestOf({
    promotionId: line.promotionId,
    sequence: line.sequence,
    service: line.service,
    at: line.at,
    type: line.type,
    by: line.by,
    phase: line.phase,
    summary: line.summary,
    data: line.data,
    before: before ?? '',
  });
}

/** The hash of a place in the log, over its line and the place before it. */
export function logHash(
  line: { log: number; hash: string },
  before: string | undefined,
): string {
  return digestOf({ log: line.log, hash: line.hash, before: before ?? '' });
}
