// SPDX-License-Identifier: Apache-2.0

/** Gives groups and users numbers, as GitLab's API wants them. */
export class GitlabNamespaces {
  readonly #paths: string[] = [];

  /** The number of a group or user. */
  idOf(path: string): number {
    const at = this.#paths.indexOf(path);
    return at < 0 ? this.#paths.push(path) : at + 1;
  }

  /** The group or user of a number, if it was ever asked for. */
  pathOf(id: number): string | undefined {
    return this.#paths[id - 1];
  }
}
