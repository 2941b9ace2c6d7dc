// SPDX-License-Identifier: Apache-2.0

const KEY = 'demo-user';

/**
 * Remembers who the visitor is, per browser tab, so that two tabs can be two people.
 */
export const chosenUser = {
  get: () => window.sessionStorage.getItem(KEY) ?? undefined,
  set: (name: string) => window.sessionStorage.setItem(KEY, name),
  clear: () => window.sessionStorage.removeItem(KEY),
};
