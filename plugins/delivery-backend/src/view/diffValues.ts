// SPDX-License-Identifier: Apache-2.0
import type { ReleaseDiff } from 'backstage-plugin-delivery-common';
import { structuredPatch } from 'diff';

type KnownValues = Extract<ReleaseDiff['values'], { state: 'known' }>;
type Line = KnownValues['lines'][number];

const CONTEXT = 3;
/** A diff that is longer is not read by anybody in a dialog. */
const MOST_LINES = 2_000;

/** The unified diff of two texts, line by line. */
export function diffValues(
  file: string,
  before: string,
  after: string,
): KnownValues {
  const { hunks } = structuredPatch(file, file, before, after, '', '', {
    context: CONTEXT,
  });
  const lines: Line[] = [];
  let added = 0;
  let removed = 0;
  for (const hunk of hunks) {
    let oldLine = hunk.oldStart;
    let newLine = hunk.newStart;
    lines.push({
      kind: 'hunk',
      text: `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`,
    });
    for (const line of hunk.lines) {
      const text = line.slice(1);
      switch (line[0]) {
        case '+':
          added += 1;
          lines.push({ kind: 'added', text, after: newLine });
          newLine += 1;
          break;
        case '-':
          removed += 1;
          lines.push({ kind: 'removed', text, before: oldLine });
          oldLine += 1;
          break;
        case ' ':
          lines.push({
            kind: 'context',
            text,
            before: oldLine,
            after: newLine,
          });
          oldLine += 1;
          newLine += 1;
          break;
        default:
        // "\ No newline at end of file" is no line of either.
      }
    }
  }
  return {
    state: 'known',
    file,
    added,
    removed,
    lines: lines.slice(0, MOST_LINES),
  };
}
