// SPDX-License-Identifier: Apache-2.0
import { isError } from '@backstage/errors';

/** What an error means to the person who meets it, and how to react to it. */
export type ErrorText = {
  /** `conflict`: what was seen is not what is there any more. */
  kind: 'refused' | 'conflict' | 'missing' | 'wrong' | 'unreachable';
  title: string;
  detail: string;
};

const KINDS: Record<string, Pick<ErrorText, 'kind' | 'title'>> = {
  NotAllowedError: { kind: 'refused', title: 'You may not do this' },
  AuthenticationError: { kind: 'refused', title: 'You are not signed in' },
  ConflictError: { kind: 'conflict', title: 'Something changed meanwhile' },
  NotFoundError: { kind: 'missing', title: 'Not found' },
  InputError: { kind: 'wrong', title: 'The request was refused' },
  ZodError: {
    kind: 'wrong',
    title: 'The portal and its backend do not understand each other',
  },
};

/** An error in words; the server's own sentence is kept as it is. */
export function errorText(error: Error): ErrorText {
  const cause = isError(error.cause) ? error.cause : error;
  const known = KINDS[cause.name] ?? KINDS[error.name];
  if (known) {
    return {
      ...known,
      detail:
        cause.name === 'ZodError'
          ? 'One of them is older than the other. Reload the page; if it stays, tell whoever runs the portal.'
          : cause.message,
    };
  }
  return {
    kind: 'unreachable',
    title: 'Delivery does not answer',
    detail: cause.message,
  };
}
