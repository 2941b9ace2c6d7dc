// SPDX-License-Identifier: Apache-2.0
import type { Finding } from 'backstage-plugin-delivery-common';

const WORDS: Record<number, string> = { 2: 'Two', 3: 'Three', 4: 'Four' };

/** What the reader has to do, in one sentence. */
export function firstUseSentence(findings: readonly Finding[]): string {
  const missing = findings.filter(
    ({ state }) => state === 'missing' || state === 'refused',
  ).length;
  const lines = findings.some(
    ({ state, annotation }) => state !== 'found' && annotation,
  );
  if (missing === 0) {
    return 'Nothing is missing as far as can be seen; this page fills by itself when the first release is built.';
  }
  const things =
    missing === 1
      ? 'One thing is missing.'
      : `${WORDS[missing] ?? missing} things are missing.`;
  return lines
    ? `${things} Add the marked lines to catalog-info.yaml, merge, and this page fills by itself.`
    : `${things} The list below says what and how to mend it.`;
}
