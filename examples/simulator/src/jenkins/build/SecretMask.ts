// SPDX-License-Identifier: Apache-2.0

/** Replaces secrets by `****` in a stream of console output, whole lines at a time. */
export class SecretMask {
  readonly #write: (text: string) => void;
  readonly #secrets = new Set<string>();
  #rest = '';

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  /** Hides these from now on; what is too short to be a secret stays. */
  hide(secrets: readonly string[]): void {
    for (const secret of secrets) {
      if (secret.length >= 3) {
        this.#secrets.add(secret);
        this.#secrets.add(Buffer.from(secret).toString('base64'));
        this.#secrets.add(encodeURIComponent(secret));
      }
    }
  }

  /** Takes output as it comes. */
  add(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    if (lines.length > 0) {
      this.#write(this.#masked(`${lines.join('\n')}\n`));
    }
  }

  /** Takes one whole line, after ending an open one. */
  line(text: string): void {
    this.flush();
    this.add(`${text}\n`);
  }

  /** Ends a line that was left open. */
  flush(): void {
    if (this.#rest) {
      this.add('\n');
    }
  }

  #masked(text: string): string {
    let masked = text;
    for (const secret of this.#secrets) {
      masked = masked.replaceAll(secret, '****');
    }
    return masked;
  }
}
