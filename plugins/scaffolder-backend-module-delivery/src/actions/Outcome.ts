// SPDX-License-Identifier: Apache-2.0

/** What became, or in a dry run would become, of one thing. */
export type Outcome = 'created' | 'updated' | 'unchanged';
