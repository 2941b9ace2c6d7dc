// SPDX-License-Identifier: Apache-2.0

/** No object of a cluster is nested deeper. */
export const MAX_DEPTH = 200;

/** No object of a cluster has more values, a megabyte of text is one. */
export const MAX_VALUES = 20_000;

/** So small a text is parsed in a moment, whatever it holds. */
const SMALL_BYTES = 64 * 1024;

/**
 * Parses JSON that cannot take long: nested only so deep, of only so many values.
 *
 * @remarks
 * A megabyte of text in one value takes a moment; a megabyte of brackets takes the
 * backend's breath away for as long as they are counted into objects.
 *
 * @throws SyntaxError when it is no JSON, RangeError when there is too much in it.
 */
export function parseModestJson(bytes: Buffer): unknown {
  if (bytes.length > SMALL_BYTES && !isModest(bytes)) {
    throw new RangeError('The JSON holds too many values, or too deep ones');
  }
  return JSON.parse(bytes.toString('utf8'));
}

function isModest(bytes: Buffer): boolean {
  let depth = 0;
  let values = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    switch (bytes[at]) {
      case 0x22:
        at = endOfText(bytes, at + 1);
        break;
      case 0x2c:
        values += 1;
        break;
      case 0x7b:
      case 0x5b:
        depth += 1;
        values += 1;
        if (depth > MAX_DEPTH) {
          return false;
        }
        break;
      case 0x7d:
      case 0x5d:
        depth -= 1;
        break;
      default:
    }
  }
  return values <= MAX_VALUES;
}

/** Where the quote is that ends a text; a quote after a backslash is part of it. */
function endOfText(bytes: Buffer, from: number): number {
  for (let at = from; ; at += 1) {
    const end = bytes.indexOf(0x22, at);
    if (end === -1) {
      return bytes.length;
    }
    let backslashes = 0;
    while (end - backslashes > from && bytes[end - backslashes - 1] === 0x5c) {
      backslashes += 1;
    }
    if (backslashes % 2 === 0) {
      return end;
    }
    at = end;
  }
}
