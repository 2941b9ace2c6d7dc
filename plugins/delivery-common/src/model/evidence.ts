// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

const count = z.number().int().nonnegative();

/** Counts of a test run. @public */
export const testCountsSchema = z.object({
  passed: count,
  failed: count,
  skipped: count,
});
/** Counts of a test run. @public */
export type TestCounts = z.infer<typeof testCountsSchema>;

/** Findings of an image scan by severity. @public */
export const scanCountsSchema = z.object({
  critical: count,
  high: count,
  medium: count,
  low: count,
});
/** Findings of an image scan by severity. @public */
export type ScanCounts = z.infer<typeof scanCountsSchema>;

/**
 * What CI vouches for.
 *
 * @remarks
 * An absent part is unknown, which is neither zero nor a pass.
 * @public
 */
export const evidenceSchema = z.object({
  unitTests: testCountsSchema.optional(),
  imageTest: testCountsSchema.optional(),
  scan: scanCountsSchema.optional(),
});
/** What CI vouches for; an absent part is unknown. @public */
export type Evidence = z.infer<typeof evidenceSchema>;
