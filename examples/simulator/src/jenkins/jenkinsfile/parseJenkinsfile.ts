// SPDX-License-Identifier: Apache-2.0
import { Token, tokenize } from './tokenize';

/** A value in a Jenkinsfile. */
export type Expression =
  | { kind: 'literal'; value: string | number | boolean | undefined }
  /** A string with holes; `parts` alternates text and the source of a hole. */
  | { kind: 'template'; parts: string[] }
  /** A name such as `env.GIT_BRANCH`. */
  | { kind: 'name'; name: string }
  | { kind: 'call'; call: Call }
  | { kind: 'list'; elements: Expression[] }
  | { kind: 'not'; operand: Expression }
  | {
      kind: 'binary';
      operator: '==' | '!=' | '&&' | '||' | '+';
      left: Expression;
      right: Expression;
    };

/** `name(arguments) { block }`, any of whose parts may be absent. */
export type Call = {
  name: string;
  line: number;
  positional: Expression[];
  named: Record<string, Expression>;
  block?: Statement[];
};

/** A call, an assignment `name = value`, or a value on its own (as in `expression { … }`). */
export type Statement =
  | { kind: 'call'; call: Call }
  | { kind: 'assignment'; name: string; value: Expression; line: number }
  | { kind: 'value'; value: Expression; line: number };

const OPERATORS: ('==' | '!=' | '&&' | '||' | '+')[][] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['+'],
];

class Parser {
  #at = 0;

  constructor(private readonly tokens: Token[]) {}

  parseAll(): Statement[] {
    const statements = this.#statements();
    if (this.#peek()) {
      this.#fail('the end of the file');
    }
    return statements;
  }

  #statements(): Statement[] {
    const statements: Statement[] = [];
    for (;;) {
      this.#skipSeparators();
      if (!this.#peek() || this.#isSymbol('}')) {
        return statements;
      }
      statements.push(this.#statement());
    }
  }

  #statement(): Statement {
    const token = this.#peek();
    const line = this.#line();
    if (token?.kind !== 'word') {
      return { kind: 'value', value: this.#expression(), line };
    }
    const next = this.tokens[this.#at + 1];
    if (next?.kind === 'symbol' && next.text === '=') {
      this.#at += 2;
      return {
        kind: 'assignment',
        name: token.text,
        value: this.#expression(),
        line,
      };
    }
    if (token.text === 'return') {
      this.#at++;
      return { kind: 'value', value: this.#expression(), line };
    }
    if (
      token.text === 'def' ||
      token.text === 'import' ||
      (next?.kind === 'symbol' && /^(==|!=|&&|\|\||\.|\+)$/.test(next.text))
    ) {
      return { kind: 'value', value: this.#expression(), line };
    }
    return { kind: 'call', call: this.#call() };
  }

  #call(): Call {
    const line = this.#line();
    const call: Call = {
      name: this.#word(),
      line,
      positional: [],
      named: {},
    };
    if (this.#takeSymbol('(')) {
      this.#arguments(call, ')');
      this.#expectSymbol(')');
    } else if (this.#startsArgument()) {
      this.#arguments(call);
    }
    if (this.#takeSymbol('{')) {
      call.block = this.#statements();
      this.#expectSymbol('}');
    }
    return call;
  }

  #arguments(call: Call, end?: string): void {
    for (;;) {
      if (end) {
        this.#skipNewlines();
        if (this.#isSymbol(end)) {
          return;
        }
      }
      const token = this.#peek();
      const next = this.tokens[this.#at + 1];
      if (
        token?.kind === 'word' &&
        next?.kind === 'symbol' &&
        next.text === ':'
      ) {
        this.#at += 2;
        this.#skipNewlines();
        call.named[token.text] = this.#expression();
      } else {
        call.positional.push(this.#expression());
      }
      if (end) {
        this.#skipNewlines();
      }
      if (!this.#takeSymbol(',')) {
        return;
      }
      this.#skipNewlines();
    }
  }

  #expression(level = 0): Expression {
    if (level === OPERATORS.length) {
      return this.#operand();
    }
    let left = this.#expression(level + 1);
    for (;;) {
      const operator = OPERATORS[level].find(one => this.#takeSymbol(one));
      if (!operator) {
        return left;
      }
      this.#skipNewlines();
      const right = this.#expression(level + 1);
      left = { kind: 'binary', operator, left, right };
    }
  }

  #operand(): Expression {
    if (this.#takeSymbol('!')) {
      return { kind: 'not', operand: this.#operand() };
    }
    if (this.#takeSymbol('(')) {
      const inner = this.#expression();
      this.#expectSymbol(')');
      return inner;
    }
    if (this.#takeSymbol('[')) {
      const list: Call = {
        name: '',
        line: this.#line(),
        positional: [],
        named: {},
      };
      this.#arguments(list, ']');
      this.#expectSymbol(']');
      return { kind: 'list', elements: list.positional };
    }
    const token = this.#peek();
    if (token?.kind === 'string') {
      this.#at++;
      return token.parts.length === 1
        ? { kind: 'literal', value: token.parts[0] }
        : { kind: 'template', parts: token.parts };
    }
    if (token?.kind === 'number') {
      this.#at++;
      return { kind: 'literal', value: Number(token.text) };
    }
    if (token?.kind !== 'word') {
      return this.#fail('a value');
    }
    const constants = new Map([
      ['true', true],
      ['false', false],
      ['null', undefined],
    ]);
    if (constants.has(token.text)) {
      this.#at++;
      return { kind: 'literal', value: constants.get(token.text) };
    }
    return this.#nameOrCall();
  }

  #nameOrCall(): Expression {
    const next = this.tokens[this.#at + 1];
    if (next?.kind === 'symbol' && (next.text === '(' || next.text === '{')) {
      return { kind: 'call', call: this.#call() };
    }
    let name = this.#word();
    while (this.#takeSymbol('.')) {
      name += `.${this.#word()}`;
    }
    return { kind: 'name', name };
  }

  #startsArgument(): boolean {
    const token = this.#peek();
    return (
      token !== undefined &&
      (token.kind === 'word' ||
        token.kind === 'string' ||
        token.kind === 'number' ||
        (token.kind === 'symbol' && token.text === '['))
    );
  }

  #peek(): Token | undefined {
    return this.tokens[this.#at];
  }

  #line(): number {
    return (this.#peek() ?? this.tokens[this.tokens.length - 1])?.line ?? 1;
  }

  #isSymbol(text: string): boolean {
    const token = this.#peek();
    return token?.kind === 'symbol' && token.text === text;
  }

  #takeSymbol(text: string): boolean {
    const found = this.#isSymbol(text);
    this.#at += found ? 1 : 0;
    return found;
  }

  #expectSymbol(text: string): void {
    this.#skipNewlines();
    if (!this.#takeSymbol(text)) {
      this.#fail(`'${text}'`);
    }
  }

  #word(): string {
    const token = this.#peek();
    if (token?.kind !== 'word') {
      return this.#fail('a name');
    }
    this.#at++;
    return token.text;
  }

  #skipNewlines(): void {
    while (this.#peek()?.kind === 'newline') {
      this.#at++;
    }
  }

  #skipSeparators(): void {
    while (this.#peek()?.kind === 'newline' || this.#isSymbol(';')) {
      this.#at++;
    }
  }

  #fail(expected: string): never {
    throw new Error(`line ${this.#line()}: ${expected} was expected`);
  }
}

/**
 * Reads a declarative Jenkinsfile as nested calls.
 *
 * @throws Error naming the line at fault.
 */
export function parseJenkinsfile(source: string): Statement[] {
  const parser = new Parser(tokenize(source));
  return parser.parseAll();
}
