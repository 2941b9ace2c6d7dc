// SPDX-License-Identifier: Apache-2.0

/** A ULID that can be told apart by its number. */
export function ulid(number: number): string {
  return `01JD3W8Q6Z${String(number).padStart(16, '0')}`;
}

/** A digest that begins with the given digits. */
export function digest(start: string): string {
  return `sha256:${start.padEnd(56, '0')}88b07d3e`;
}

/** A commit id that begins with the given digits. */
export function commitId(start: string): string {
  return start.padEnd(40, '0');
}
