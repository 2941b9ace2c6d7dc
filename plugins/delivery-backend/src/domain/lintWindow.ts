// SPDX-License-Identifier: Apache-2.0
import type { LintContext, LintFinding } from 'backstage-plugin-delivery-node';
import { mergeSpans } from './mergeSpans';
import { openingOf } from './openingOf';

const YEAR = 366 * 86_400_000;

/** Why a window never opens, by itself or because of freezes. */
export function lintWindow(
  hours: Parameters<typeof openingOf>[0],
  { closed, now }: Pick<LintContext, 'closed' | 'now'>,
): LintFinding[] {
  const first = openingOf(hours, now);
  if (!first.open && !first.opens) {
    return [
      {
        severity: 'error',
        detail: 'The window never opens: what it allows is all denied.',
        fix: 'Take hours out of "deny", or allow others.',
      },
    ];
  }
  const spans = mergeSpans(closed);
  let time = now;
  while (time.getTime() < now.getTime() + YEAR) {
    const opening = openingOf(hours, time);
    if (!opening.open) {
      if (!opening.opens) {
        break;
      }
      time = opening.opens;
    }
    const instant = time.getTime();
    const frozen = spans.find(
      ({ from, to }) => +from <= instant && instant < +to,
    );
    if (!frozen) {
      return [];
    }
    time = frozen.to;
  }
  return [
    {
      severity: 'warning',
      detail:
        'The window opens only while a freeze lasts, for a year from now on.',
      fix: 'Widen the window or shorten the freezes.',
    },
  ];
}
