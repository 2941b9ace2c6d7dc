// SPDX-License-Identifier: Apache-2.0
/** A person or a group as a sentence names them: the last part of the reference. */
export function personName(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1);
}
