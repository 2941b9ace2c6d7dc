// SPDX-License-Identifier: Apache-2.0
/** The short name of an entity for a sentence: `anna` of `user:default/anna`. */
export function nameOf(entityRef: string): string {
  return entityRef.slice(entityRef.indexOf('/') + 1);
}
