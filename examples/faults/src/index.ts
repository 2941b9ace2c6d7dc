// SPDX-License-Identifier: Apache-2.0
/**
 * Proves the promotion engine under faults; everything here is a test.
 *
 * @packageDocumentation
 */
export type { MatrixCase } from './matrix/MatrixCase';
