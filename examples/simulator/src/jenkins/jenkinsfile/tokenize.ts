// SPDX-License-Identifier: Apache-2.0

/** A piece of a Jenkinsfile. */
export type Token =
  | { kind: 'word'; text: string; line: number }
  | { kind: 'number'; text: string; line: number }
  /** `parts` alternates text and the source of `${…}` holes, text first. */
  | { kind: 'string'; parts: string[]; line: number }
  | { kind: 'symbol'; text: string; line: number }
  | { kind: 'newline'; line: number };

const SYMBOL = /==|!=|&&|\|\||[{}()[\],:=.+!;<>?@/*-]/y;

/**
 * Cuts a Jenkinsfile into words, strings, symbols and line ends; comments fall away.
 *
 * @throws Error with the line at fault.
 */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let line = 1;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(source)?.[0];
    if (found) {
      at += found.length;
      line += found.split('\n').length - 1;
    }
    return found;
  };
  while (at < source.length) {
    const start = line;
    if (take(/[ \t\r]+|\\\n/y) || take(/\/\/[^\n]*/y)) {
      continue;
    }
    if (take(/\/\*[\s\S]*?\*\//y) || take(/#![^\n]*/y)) {
      continue;
    }
    if (take(/\n+/y)) {
      tokens.push({ kind: 'newline', line: start });
      continue;
    }
    const quote = take(/'''|"""|'|"/y);
    if (quote) {
      const end = findEnd(source, at, quote);
      if (end < 0) {
        throw new Error(`line ${start}: the string is never closed`);
      }
      const raw = source.slice(at, end);
      at = end + quote.length;
      line += raw.split('\n').length - 1;
      const parts = quote.startsWith('"') ? holes(raw) : [unescape(raw)];
      tokens.push({ kind: 'string', parts, line: start });
      continue;
    }
    const number = take(/\d+/y);
    if (number) {
      tokens.push({ kind: 'number', text: number, line: start });
      continue;
    }
    const word = take(/[A-Za-z_$][\w$]*/y);
    if (word) {
      tokens.push({ kind: 'word', text: word, line: start });
      continue;
    }
    const symbol = take(SYMBOL);
    if (!symbol) {
      throw new Error(`line ${line}: '${source[at]}' is not understood`);
    }
    tokens.push({ kind: 'symbol', text: symbol, line: start });
  }
  return tokens;
}

function findEnd(source: string, from: number, quote: string): number {
  for (let at = from; at < source.length; at++) {
    if (source[at] === '\\') {
      at++;
    } else if (source.startsWith(quote, at)) {
      return at;
    } else if (quote.length === 1 && source[at] === '\n') {
      return -1;
    }
  }
  return -1;
}

/** Splits `a${b}c$d` into text and holes: ['a', 'b', 'c', 'd', '']. */
function holes(raw: string): string[] {
  const parts: string[] = [];
  let rest = raw;
  for (;;) {
    const hole =
      /(?<!\\)\$(?:\{([^}]*)\}|([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*))/.exec(rest);
    if (!hole) {
      return [...parts, unescape(rest)];
    }
    parts.push(unescape(rest.slice(0, hole.index)), hole[1] ?? hole[2]);
    rest = rest.slice(hole.index + hole[0].length);
  }
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r' };

function unescape(text: string): string {
  return text.replace(/\\([\s\S])/g, (_, character: string) =>
    character === '\n' ? '' : ESCAPES[character] ?? character,
  );
}
