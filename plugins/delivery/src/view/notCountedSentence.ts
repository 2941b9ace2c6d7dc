// SPDX-License-Identifier: Apache-2.0
import type { NotCounted } from 'backstage-plugin-delivery-common';
import { personName } from './personName';

/** Whose approval does not count, in one sentence; empty when everybody's does. */
export function notCountedSentence(notCounted: readonly NotCounted[]): string {
  return notCounted.length === 0
    ? ''
    : `Not counted: ${notCounted
        .map(({ person, reason }) => `${personName(person)} (${reason})`)
        .join(', ')}.`;
}
