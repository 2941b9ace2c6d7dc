// SPDX-License-Identifier: Apache-2.0
/** A number with its noun: "1 release", "2 releases". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
