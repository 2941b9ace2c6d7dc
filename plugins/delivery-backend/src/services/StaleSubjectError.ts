// SPDX-License-Identifier: Apache-2.0
import { ConflictError } from '@backstage/errors';
import { sayList } from '../domain/sayList';

/**
 * What the person saw is no longer so.
 *
 * @remarks
 * Carries the present fingerprint, with which the person may ask again after
 * reading what is different.
 */
export class StaleSubjectError extends ConflictError {
  readonly currentSubject: string;

  constructor(options: { subject: string; changed: readonly string[] }) {
    super(
      options.changed.length > 0
        ? `Changed while you were reading: ${sayList(
            options.changed,
            'and',
          )}. Look again before you go on.`
        : 'What you saw has changed while you were reading. Look again before you go on.',
    );
    this.name = 'ConflictError';
    this.currentSubject = options.subject;
  }
}
