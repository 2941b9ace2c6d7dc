// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import type { z } from 'zod';

/** One thing that is wrong in the configuration, and where. */
export type ConfigFault = { path: string; message: string };

const ARTICLES: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys',
  record: 'a map of keys',
};

/** The path of a value as people write it: `environments[1].gates[0].type`. */
export function pathText(parts: readonly PropertyKey[]): string {
  return parts
    .map((part, index) => {
      if (typeof part === 'number') {
        return `[${part}]`;
      }
      return index === 0 ? String(part) : `.${String(part)}`;
    })
    .join('');
}

/** The faults that a schema found below `base`, an unknown key each by its own path. */
export function faultsOf(
  error: z.ZodError,
  base: readonly PropertyKey[],
): ConfigFault[] {
  return error.issues.flatMap(issue => {
    const path = [...base, ...issue.path];
    return issue.code === 'unrecognized_keys'
      ? issue.keys.map(key => ({
          path: pathText([...path, key]),
          message: 'is not a known key',
        }))
      : [{ path: pathText(path), message: sentence(issue) }];
  });
}

function sentence(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') {
    return issue.input === undefined && issue.message.endsWith('undefined')
      ? 'is missing'
      : `must be ${ARTICLES[issue.expected] ?? issue.expected}`;
  }
  if (issue.code === 'invalid_value') {
    return `must be ${issue.values.map(String).join(' or ')}`;
  }
  return issue.message;
}

/** The error with which delivery does not start: every fault with its path. */
export function refusal(faults: readonly ConfigFault[]): InputError {
  return new InputError(
    `The configuration of delivery cannot be used:\n${faults
      .map(({ path, message }) => `  ${path}: ${message}`)
      .join('\n')}`,
  );
}
