// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@backstage/types';
import { isJsonObject, type KubernetesObject } from '../model/KubernetesObject';

/**
 * What each field manager applied to each object last time.
 *
 * @remarks
 * The real server keeps this inside the object as `managedFields`. Here it is kept beside it,
 * which is enough to take away a field that a manager stopped applying.
 */
export class AppliedConfigurations {
  readonly #byKey = new Map<string, JsonObject>();

  /** Starts with what {@link AppliedConfigurations.toJSON} gave. */
  constructor(saved: JsonObject = {}) {
    for (const [key, value] of Object.entries(saved)) {
      if (isJsonObject(value)) {
        this.#byKey.set(key, value);
      }
    }
  }

  get(object: KubernetesObject, manager: string): JsonObject | undefined {
    return this.#byKey.get(`${object.metadata.uid} ${manager}`);
  }

  set(object: KubernetesObject, manager: string, applied: JsonObject): void {
    this.#byKey.set(`${object.metadata.uid} ${manager}`, applied);
  }

  /** Forgets an object that is gone. */
  forget(uid: string): void {
    for (const key of this.#byKey.keys()) {
      if (key.startsWith(`${uid} `)) {
        this.#byKey.delete(key);
      }
    }
  }

  toJSON(): JsonObject {
    return Object.fromEntries(this.#byKey);
  }
}
