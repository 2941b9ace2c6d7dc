// SPDX-License-Identifier: Apache-2.0
import type { LintContext, LintFinding } from 'backstage-plugin-delivery-node';
import { mergeSpans } from './mergeSpans';
import { sayDuration } from './sayDuration';

const YEAR = 366 * 86_400_000;

/** Why a soak can probably not end where it is asked for. */
export function lintSoak(
  soak: number,
  { closed, environment, now }: LintContext,
): LintFinding[] {
  if (environment.after.length === 0) {
    return [
      {
        severity: 'error',
        detail: `There is no environment before ${environment.name} in which a release could soak.`,
        fix: `Name one in its "after", or remove the gate.`,
      },
    ];
  }
  const horizon = now.getTime() + YEAR;
  const spans = mergeSpans(closed).filter(
    ({ from, to }) => +to > now.getTime() && +from < horizon,
  );
  if (spans.length === 0) {
    return [];
  }
  const begins = [now.getTime(), ...spans.map(({ to }) => +to)];
  const ends = [...spans.map(({ from }) => +from), horizon];
  const longest = Math.max(...begins.map((begin, i) => ends[i] - begin));
  return longest < soak
    ? [
        {
          severity: 'warning',
          detail: `The soak of ${sayDuration(
            soak,
          )} is longer than every gap between the freezes of the next year, of which the longest is ${sayDuration(
            Math.max(0, longest),
          )}: each release meets a freeze before it may enter.`,
          fix: 'Shorten the soak or the freezes.',
        },
      ]
    : [];
}
