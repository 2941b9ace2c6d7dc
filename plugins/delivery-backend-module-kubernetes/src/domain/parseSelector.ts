// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';

/** The labels of an object. */
export type Labels = { readonly [key: string]: string };

/** Says whether labels are selected. */
export type Selector = (labels: Labels) => boolean;

const KEY = '[A-Za-z0-9](?:[A-Za-z0-9._/-]*[A-Za-z0-9])?';
const VALUE = '[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?';
const EQUALITY = new RegExp(`^(${KEY})\\s*(==|=|!=)\\s*(${VALUE})?$`);
const SET = new RegExp(`^(${KEY})\\s+(in|notin)\\s*\\(([^()]*)\\)$`);
const PRESENCE = new RegExp(`^(!?)\\s*(${KEY})$`);

/**
 * Parses a label selector in Kubernetes' own form, for example
 * `app=shop,tier in (front, back),!canary`.
 *
 * @throws InputError when it is none, or empty: an empty selector would take in everything.
 */
export function parseSelector(text: string): Selector {
  // a comma inside parentheses belongs to its set
  const terms = text
    .split(/,(?![^()]*\))/)
    .map(term => term.trim())
    .filter(term => term !== '')
    .map(term => parseTerm(term, text));
  if (terms.length === 0) {
    throw new InputError(
      'The label selector is empty; it would select everything',
    );
  }
  return labels => terms.every(term => term(labels));
}

function parseTerm(term: string, whole: string): Selector {
  const equality = EQUALITY.exec(term);
  if (equality) {
    const [, key, operator, value = ''] = equality;
    return operator === '!='
      ? labels => labels[key] !== value
      : labels => labels[key] === value;
  }
  const set = SET.exec(term);
  if (set) {
    const [, key, operator, list] = set;
    const values = new Set(list.split(',').map(value => value.trim()));
    return operator === 'in'
      ? labels => Object.hasOwn(labels, key) && values.has(labels[key])
      : labels => !Object.hasOwn(labels, key) || !values.has(labels[key]);
  }
  const presence = PRESENCE.exec(term);
  if (presence) {
    const [, not, key] = presence;
    return labels => Object.hasOwn(labels, key) === (not === '');
  }
  throw new InputError(
    `"${term.slice(0, 60)}" is no label selector, in "${whole.slice(0, 120)}"`,
  );
}
