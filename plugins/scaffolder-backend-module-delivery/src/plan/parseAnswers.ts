// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import { answersSchema, type Answers } from './answerSchemas';

/**
 * Reads what a form sent; a text that was left empty is no answer.
 *
 * @throws InputError naming the first field that cannot be used, and why. The value itself
 * is not repeated.
 */
export function parseAnswers(sent: unknown): Answers {
  const parsed = answersSchema.safeParse(withoutEmpty(sent));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue.path.map(String).join('.');
    const missing =
      issue.code === 'invalid_type' && issue.message.endsWith('undefined');
    throw new InputError(
      field
        ? `${field} ${missing ? 'is missing' : said(issue.message)}`
        : said(issue.message),
    );
  }
  return parsed.data;
}

function said(message: string): string {
  return message.startsWith('must ') ? message : `cannot be used: ${message}`;
}

function withoutEmpty(sent: unknown): unknown {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) {
    return sent;
  }
  return Object.fromEntries(
    Object.entries(sent)
      .filter(([, value]) => value !== '' && value !== null)
      .map(([key, value]) => [key, withoutEmpty(value)]),
  );
}
