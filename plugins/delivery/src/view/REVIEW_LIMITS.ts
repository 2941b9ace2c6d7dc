// SPDX-License-Identifier: Apache-2.0

/** How long somebody else has to review an override; hours, the usual one first. */
export const REVIEW_LIMITS = [
  { value: '48', label: '2 days' },
  { value: '24', label: '1 day' },
  { value: '168', label: '1 week' },
] as const satisfies readonly { value: string; label: string }[];
