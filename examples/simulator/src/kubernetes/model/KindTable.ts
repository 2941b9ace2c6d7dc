// SPDX-License-Identifier: Apache-2.0
import { ApiError } from './ApiError';
import { apiVersionOf, type ResourceKind } from './ResourceKind';
import { resourceKinds } from './resourceKinds';

/** The kinds one API server serves, found by path or by manifest. */
export class KindTable {
  readonly #byPath = new Map<string, ResourceKind>();
  readonly #byKind = new Map<string, ResourceKind>();

  /** Knows the built-in kinds and those given; a second row for the same kind replaces the first. */
  constructor(extra: readonly ResourceKind[] = []) {
    for (const kind of [...resourceKinds, ...extra]) {
      const apiVersion = apiVersionOf(kind);
      this.#byPath.set(`${apiVersion} ${kind.resource}`, kind);
      this.#byKind.set(`${apiVersion} ${kind.kind}`, kind);
    }
  }

  /** All kinds, in the order of the table. */
  all(): ResourceKind[] {
    return [...this.#byPath.values()];
  }

  /** The kind behind a path, or undefined when the server does not serve it. */
  findByPath(apiVersion: string, resource: string): ResourceKind | undefined {
    return this.#byPath.get(`${apiVersion} ${resource}`);
  }

  /**
   * The kind that a manifest names.
   *
   * @throws ApiError 404 when no such kind is served.
   */
  getByManifest(manifest: { apiVersion: string; kind: string }): ResourceKind {
    const kind = this.#byKind.get(`${manifest.apiVersion} ${manifest.kind}`);
    if (!kind) {
      throw ApiError.notFoundMessage(
        `no matches for kind "${manifest.kind}" in version "${manifest.apiVersion}"`,
      );
    }
    return kind;
  }

  /**
   * A kind that is always there, for controllers.
   *
   * @throws Error when the table lacks it, which is a fault in the table.
   */
  get(kindName: string): ResourceKind {
    const found = this.all().find(kind => kind.kind === kindName);
    if (!found) {
      throw new Error(`The table of kinds has no row for ${kindName}`);
    }
    return found;
  }
}
