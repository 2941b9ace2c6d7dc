// SPDX-License-Identifier: Apache-2.0
import { Json, JsonMap } from '../model/Json';
import {
  evaluateExpression,
  ExpressionScope,
  text,
} from './evaluateExpression';
import { parseExpression } from './parseExpression';

/** An expression that could not be evaluated; its text stays where it was. */
export interface FailedExpression {
  expression: string;
  /** Key of the field that holds it. */
  field: string;
  description: string;
}

/** Evaluates every `${…}` in a value, however deep, and reports those that failed. */
export function evaluateAll(options: {
  value: JsonMap;
  scope: ExpressionScope;
}): {
  value: JsonMap;
  failed: FailedExpression[];
} {
  const failed: FailedExpression[] = [];
  const { scope } = options;

  function walk(value: Json, field: string): Json {
    if (typeof value === 'string') {
      return evaluateText(value, field);
    }
    if (Array.isArray(value)) {
      return value.map(item => walk(item, field));
    }
    return typeof value === 'object' && value !== null ? walkMap(value) : value;
  }

  function walkMap(map: JsonMap): JsonMap {
    return Object.fromEntries(
      Object.entries(map).map(([key, value]) => [key, walk(value, key)]),
    );
  }

  function evaluateText(value: string, field: string): Json {
    const parts = splitExpressions(value);
    if (!parts.some(part => part.kind === 'expression')) {
      return value;
    }
    const results = parts.map(part => {
      if (part.kind === 'text') {
        return part.text;
      }
      try {
        return evaluateExpression(parseExpression(part.text), scope);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        failed.push({
          expression: part.text.trim(),
          field,
          description: `Failed to evaluate [${field}] ${reason}`,
        });
        return `\${${part.text}}`;
      }
    });
    // A text that is one expression keeps the type of its value.
    return results.length === 1 ? results[0] : results.map(text).join('');
  }

  return { value: walkMap(options.value), failed };
}

type Part = { kind: 'text' | 'expression'; text: string };

function splitExpressions(value: string): Part[] {
  const parts: Part[] = [];
  let rest = value;
  for (;;) {
    const start = rest.indexOf('${');
    const end = start === -1 ? -1 : closingBrace(rest, start + 2);
    if (end === -1) {
      break;
    }
    if (start > 0) {
      parts.push({ kind: 'text', text: rest.slice(0, start) });
    }
    parts.push({ kind: 'expression', text: rest.slice(start + 2, end) });
    rest = rest.slice(end + 1);
  }
  if (rest !== '') {
    parts.push({ kind: 'text', text: rest });
  }
  return parts;
}

function closingBrace(value: string, from: number): number {
  let quote: string | undefined;
  for (let index = from; index < value.length; index += 1) {
    const character = value[index];
    if (quote) {
      quote = character === quote ? undefined : quote;
    } else if (character === "'" || character === '"') {
      quote = character;
    } else if (character === '}') {
      return index;
    }
  }
  return -1;
}
