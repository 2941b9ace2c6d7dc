// SPDX-License-Identifier: Apache-2.0

/** The parts of Spring's expression language that the fake understands. */
export type Expression =
  | { kind: 'literal'; value: string | number | boolean | null }
  | { kind: 'name'; name: string }
  | { kind: 'property'; target: Expression; name: string; safe: boolean }
  | { kind: 'index'; target: Expression; index: Expression }
  | { kind: 'helper'; name: string; args: Expression[] }
  | { kind: 'call'; target: Expression; name: string; args: Expression[] }
  | { kind: 'not'; operand: Expression }
  | { kind: 'binary'; operator: string; left: Expression; right: Expression }
  | {
      kind: 'choice';
      test: Expression;
      then: Expression;
      otherwise: Expression;
    };

/** Thrown for text that is not an expression the fake understands. */
export class ExpressionError extends Error {
  readonly name = 'ExpressionError';
}

const TOKEN =
  /\s*(?:('(?:[^']|'')*'|"[^"]*")|(\d+(?:\.\d+)?)|(#?[A-Za-z_][A-Za-z0-9_]*)|(\?\.|\?:|==|!=|>=|<=|&&|\|\||[-+*/%.,?:()[\]<>!]))/y;

const LEVELS = [
  ['||', 'or'],
  ['&&', 'and'],
  ['==', '!=', '<', '>', '<=', '>='],
  ['+', '-'],
  ['*', '/', '%'],
];

/**
 * Parses one expression, without its `${` and `}`.
 *
 * Throws {@link ExpressionError}; types (`T(…)`), constructors and beans are refused as
 * Spinnaker refuses them.
 */
export function parseExpression(text: string): Expression {
  const tokens = tokenize(text);
  let position = 0;
  const peek = () => tokens[position];
  const take = () => tokens[position++];
  const accept = (token: string) => {
    if (peek() === token) {
      position += 1;
      return true;
    }
    return false;
  };
  const expect = (token: string) => {
    if (!accept(token)) {
      throw new ExpressionError(`Expected '${token}' in '${text}'`);
    }
  };

  function choice(): Expression {
    const test = level(0);
    if (accept('?')) {
      const then = choice();
      expect(':');
      return { kind: 'choice', test, then, otherwise: choice() };
    }
    if (accept('?:')) {
      return { kind: 'choice', test, then: test, otherwise: choice() };
    }
    return test;
  }

  function level(depth: number): Expression {
    if (depth === LEVELS.length) {
      return unary();
    }
    let left = level(depth + 1);
    while (LEVELS[depth].includes(peek() ?? '')) {
      const operator = take();
      left = { kind: 'binary', operator, left, right: level(depth + 1) };
    }
    return left;
  }

  function unary(): Expression {
    return accept('!') ? { kind: 'not', operand: unary() } : postfix();
  }

  function postfix(): Expression {
    let target = primary();
    for (;;) {
      if (peek() === '.' || peek() === '?.') {
        const safe = take() === '?.';
        const name = take();
        if (!name || !/^[A-Za-z_]/.test(name)) {
          throw new ExpressionError(`A name is missing in '${text}'`);
        }
        target = accept('(')
          ? { kind: 'call', target, name, args: args() }
          : { kind: 'property', target, name, safe };
      } else if (accept('[')) {
        const index = choice();
        expect(']');
        target = { kind: 'index', target, index };
      } else {
        return target;
      }
    }
  }

  function args(): Expression[] {
    const list: Expression[] = [];
    if (accept(')')) {
      return list;
    }
    do {
      list.push(choice());
    } while (accept(','));
    expect(')');
    return list;
  }

  function primary(): Expression {
    const token = take();
    if (token === undefined) {
      throw new ExpressionError(`'${text}' ends too early`);
    }
    if (token === '(') {
      const inner = choice();
      expect(')');
      return inner;
    }
    if (/^['"]/.test(token)) {
      return {
        kind: 'literal',
        value: token.slice(1, -1).replace(/''/g, "'"),
      };
    }
    if (/^\d/.test(token)) {
      return { kind: 'literal', value: Number(token) };
    }
    if (token === 'true' || token === 'false') {
      return { kind: 'literal', value: token === 'true' };
    }
    if (token === 'null') {
      return { kind: 'literal', value: null };
    }
    if (token.startsWith('#') && accept('(')) {
      return { kind: 'helper', name: token.slice(1), args: args() };
    }
    if (/^[A-Za-z_]/.test(token) && token !== 'new' && peek() !== '(') {
      return { kind: 'name', name: token };
    }
    throw new ExpressionError(`'${token}' is not allowed in '${text}'`);
  }

  const parsed = choice();
  if (position < tokens.length) {
    throw new ExpressionError(`Unexpected '${peek()}' in '${text}'`);
  }
  return parsed;
}

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) {
      throw new ExpressionError(
        `'${text.slice(from).trim()}' is not understood`,
      );
    }
    tokens.push(match[0].trim());
  }
  return tokens;
}
