// SPDX-License-Identifier: Apache-2.0
import type { FactSubject } from 'backstage-plugin-delivery-node';
import { nameOf } from './nameOf';

/** What a user may write in braces in a Gate's address or query. */
export const PLACEHOLDERS = ['service', 'environment', 'release'] as const;

/**
 * A text with `{service}`, `{environment}` and `{release}` filled in: the
 * entity's name, the Environment's name and the Release's number, all of strict
 * patterns.
 */
export function fillIn(text: string, subject: FactSubject): string {
  return text
    .replaceAll('{service}', nameOf(subject.service))
    .replaceAll('{environment}', subject.environment)
    .replaceAll('{release}', String(subject.release.number));
}
