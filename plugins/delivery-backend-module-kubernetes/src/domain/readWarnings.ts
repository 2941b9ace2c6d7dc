// SPDX-License-Identifier: Apache-2.0
import type { WorkloadEvent } from 'backstage-plugin-delivery-common';
import { countOf, fieldOf, textOf } from './readJson';

/** A warning and the object that it is about. */
export type Warning = WorkloadEvent & { about: string };

/** What was said longer ago is no longer news. */
const NEWS_MS = 10 * 60_000;
const SHOWN = 3;

/** The warnings among Events, newest first; old ones are left out. */
export function readWarnings(events: readonly unknown[], now: Date): Warning[] {
  return events
    .flatMap(event => {
      const about = textOf(fieldOf(event, 'involvedObject'), 'uid', 64);
      const at = saidAt(event);
      return textOf(event, 'type', 20) === 'Warning' && about && at
        ? [
            {
              about,
              reason: textOf(event, 'reason', 60) ?? 'Warning',
              message: textOf(event, 'message', 200) ?? '',
              count: Math.max(
                1,
                countOf(event, 'count'),
                countOf(fieldOf(event, 'series'), 'count'),
              ),
              at: at.toISOString(),
            },
          ]
        : [];
    })
    .filter(({ at }) => now.getTime() - Date.parse(at) < NEWS_MS)
    .sort((a, b) => (a.at < b.at ? 1 : -1));
}

/** The newest warnings about some objects, each sentence once. */
export function warningsAbout(
  warnings: readonly Warning[],
  uids: ReadonlySet<string>,
): WorkloadEvent[] {
  const said = new Map<string, WorkloadEvent>();
  for (const { about, ...event } of warnings) {
    const key = `${event.reason} ${event.message}`;
    if (uids.has(about) && !said.has(key)) {
      said.set(key, event);
    }
  }
  return [...said.values()].slice(0, SHOWN);
}

function saidAt(event: unknown): Date | undefined {
  const text =
    textOf(event, 'lastTimestamp', 40) ??
    textOf(fieldOf(event, 'series'), 'lastObservedTime', 40) ??
    textOf(event, 'eventTime', 40) ??
    textOf(fieldOf(event, 'metadata'), 'creationTimestamp', 40);
  const at = new Date(text ?? NaN);
  return Number.isNaN(at.getTime()) ? undefined : at;
}
