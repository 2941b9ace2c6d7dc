// SPDX-License-Identifier: Apache-2.0
import { ApiError } from '../model/ApiError';

/** Says whether a set of labels is selected. */
export type LabelSelector = (labels: { [key: string]: string }) => boolean;

const KEY = '[A-Za-z0-9](?:[A-Za-z0-9._/-]*[A-Za-z0-9])?';
const VALUE = '[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?';
const SET = new RegExp(`^(${KEY})\\s+(in|notin)\\s*\\(([^()]*)\\)$`);
const EQUALITY = new RegExp(`^(${KEY})\\s*(==|=|!=)\\s*(${VALUE})?$`);
const EXISTS = new RegExp(`^(!\\s*)?(${KEY})$`);

/**
 * Parses the `labelSelector` of a request: equality, `in`, `notin`, `key` and `!key`,
 * joined by commas.
 *
 * @throws ApiError 400 when the text is no selector.
 */
export function parseLabelSelector(text: string): LabelSelector {
  const terms = splitOutsideParentheses(text).map(parseTerm);
  return labels => terms.every(term => term(labels));
}

function parseTerm(text: string): LabelSelector {
  const set = SET.exec(text);
  if (set) {
    const [, key, operator, list] = set;
    const values = new Set(list.split(',').map(value => value.trim()));
    return operator === 'in'
      ? labels => Object.hasOwn(labels, key) && values.has(labels[key])
      : labels => !Object.hasOwn(labels, key) || !values.has(labels[key]);
  }
  const equality = EQUALITY.exec(text);
  if (equality) {
    const [, key, operator, value = ''] = equality;
    return operator === '!='
      ? labels => !Object.hasOwn(labels, key) || labels[key] !== value
      : labels => Object.hasOwn(labels, key) && labels[key] === value;
  }
  const exists = EXISTS.exec(text);
  if (exists) {
    const [, not, key] = exists;
    return labels => Object.hasOwn(labels, key) !== Boolean(not);
  }
  throw ApiError.badRequest(
    `unable to parse requirement: found '${text}', expected: a label selector`,
  );
}

function splitOutsideParentheses(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const character of text) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character === ',' && depth === 0) {
      parts.push(part);
      part = '';
    } else {
      part += character;
    }
  }
  parts.push(part);
  return parts.map(each => each.trim()).filter(each => each !== '');
}
