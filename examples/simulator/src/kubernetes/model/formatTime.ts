// SPDX-License-Identifier: Apache-2.0

/** A time as the API server writes it: RFC 3339 in UTC, whole seconds. */
export function formatTime(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
