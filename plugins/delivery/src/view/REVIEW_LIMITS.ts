// SPDX-License-Identifier: Apache-2.0

/** How long somebody else has to review an override; hours. */
export const REVIEW_LIMITS = [
  { value: '24', label: '1 day' },
  { value: '48', label: '2 days' },
  { value: '168', label: '1 week' },
] as const satisfies readonly { value: string; label: string }[];
