// SPDX-License-Identifier: Apache-2.0

/** The value that a JSON text holds; nothing when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
