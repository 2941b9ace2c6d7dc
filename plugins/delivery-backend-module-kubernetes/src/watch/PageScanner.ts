// SPDX-License-Identifier: Apache-2.0
import { ClusterError } from '../connection/ClusterError';
import { MAX_LINE_BYTES } from './readLines';

/** Everything of a page but its items; a list has little beside them. */
const MAX_REST_BYTES = 256 * 1024;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const ITEMS = Buffer.from('"items"');

/** Bytes that come in pieces and belong together, at most so many. */
class Part {
  readonly #most: number;
  readonly #complaint: string;
  #pieces: Buffer[] = [];
  #length = 0;

  constructor(most: number, complaint: string) {
    this.#most = most;
    this.#complaint = complaint;
  }

  add(piece: Buffer): void {
    if (piece.length > 0) {
      this.#pieces.push(piece);
      this.#length += piece.length;
    }
    if (this.#length > this.#most) {
      throw new ClusterError('garbled', this.#complaint);
    }
  }

  endsWith(bytes: Buffer): boolean {
    const last = Buffer.concat(this.#pieces.slice(-bytes.length));
    return last.subarray(-bytes.length).equals(bytes);
  }

  take(): Buffer {
    const whole =
      this.#pieces.length === 1
        ? this.#pieces[0]
        : Buffer.concat(this.#pieces, this.#length);
    this.#pieces = [];
    this.#length = 0;
    return whole;
  }
}

/**
 * Takes a list apart as it comes, so that no more than one of its items is parsed at once.
 *
 * @remarks
 * A page can have many megabytes; parsed as a whole it would hold up everything else that the
 * backend does. The scanner knows texts, brackets and commas; whether the parts are JSON is
 * for the parser to say.
 *
 * @throws ClusterError when an item is longer than 3 MB, or the rest than 256 KB.
 */
export class PageScanner {
  readonly #item = new Part(
    MAX_LINE_BYTES,
    'The cluster sent an object of more than 3 MB',
  );
  readonly #rest = new Part(
    MAX_REST_BYTES,
    'The cluster answered with no list',
  );
  #depth = 0;
  #inText = false;
  #escaped = false;
  #inItems = false;
  /** Whether the last text outside of everything was the key of the items. */
  #isItems = false;

  /** Takes the next piece of the page, and gives the items that end in it. */
  push(bytes: Uint8Array): Buffer[] {
    const piece = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const items: Buffer[] = [];
    // in variables of its own, because this is done for each byte of a cluster
    let inText = this.#inText;
    let escaped = this.#escaped;
    let depth = this.#depth;
    let from = 0;
    const { length } = piece;
    for (let at = 0; at < length; at += 1) {
      if (inText) {
        if (escaped) {
          escaped = false;
          at += 1;
        }
        let byte = piece[at];
        while (at < length && byte !== QUOTE && byte !== BACKSLASH) {
          at += 1;
          byte = piece[at];
        }
        if (at >= length) {
          break;
        }
        if (byte === BACKSLASH) {
          escaped = true;
          continue;
        }
        inText = false;
        if (depth === 1) {
          this.#rest.add(piece.subarray(from, at + 1));
          from = at + 1;
          this.#isItems = this.#rest.endsWith(ITEMS);
        }
        continue;
      }
      switch (piece[at]) {
        case QUOTE:
          inText = true;
          break;
        case 0x7b:
        case 0x5b:
          depth += 1;
          if (depth === 2 && this.#isItems && piece[at] === 0x5b) {
            this.#rest.add(piece.subarray(from, at + 1));
            from = at + 1;
            this.#inItems = true;
          }
          break;
        case 0x7d:
        case 0x5d:
          depth -= 1;
          if (depth === 1 && this.#inItems) {
            this.#end(piece.subarray(from, at), items);
            from = at;
            this.#inItems = false;
            this.#isItems = false;
          }
          break;
        case 0x2c:
          if (depth === 2 && this.#inItems) {
            this.#end(piece.subarray(from, at), items);
            from = at + 1;
          }
          break;
        default:
      }
    }
    this.#inText = inText;
    this.#escaped = escaped;
    this.#depth = depth;
    (this.#inItems ? this.#item : this.#rest).add(piece.subarray(from));
    return items;
  }

  /** The list without its items, as text. */
  rest(): Buffer {
    return this.#rest.take();
  }

  #end(last: Buffer, items: Buffer[]): void {
    this.#item.add(last);
    const item = this.#item.take();
    if (item.some(byte => byte > 0x20)) {
      items.push(item);
    }
  }
}
