// SPDX-License-Identifier: Apache-2.0

/** Makes the addresses that GitHub puts into its answers, below its public address. */
export class GithubUrls {
  readonly #base: string;

  /** @param base - the public address without a trailing slash: `http://localhost:7081` */
  constructor(base: string) {
    this.#base = base;
  }

  /** A page that people look at. */
  page(...segments: string[]): string {
    return [this.#base, ...segments.map(encodePath)].join('/');
  }

  /** A resource of the REST API. */
  api(...segments: string[]): string {
    return this.page('api', 'v3', ...segments);
  }

  /** Where git clones from. */
  clone(owner: string, name: string): string {
    return `${this.page(owner, name)}.git`;
  }
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
