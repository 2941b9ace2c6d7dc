// SPDX-License-Identifier: Apache-2.0
import type { BuildSummary } from 'backstage-plugin-delivery-common';
import { formatDuration } from './formatDuration';
import { formatWhen } from './formatWhen';
import type { Looks } from './Looks';
import { testCountText } from './testCountText';
import type { ViewClock } from './ViewClock';

/** One Jenkins build as the table shows it. */
export type BuildRow = {
  key: string;
  title: string;
  job: string;
  url?: string;
  result: Looks;
  commit?: string;
  cause?: string;
  tests: string;
  took: string;
  when: { text: string; at: string };
  release?: number;
};

const STATES: Record<BuildSummary['state'], Looks> = {
  running: { label: 'Running', tone: 'run', icon: 'sync' },
  succeeded: { label: 'Succeeded', tone: 'ok', icon: 'check' },
  unstable: { label: 'Unstable', tone: 'warn', icon: 'warning' },
  failed: { label: 'Failed', tone: 'bad', icon: 'cancel' },
  aborted: { label: 'Aborted', tone: 'unknown', icon: 'dash' },
};

/** The Jenkins builds as rows. */
export function buildRows(
  builds: readonly BuildSummary[],
  clock: ViewClock,
): BuildRow[] {
  return builds.map(build => ({
    key: `${build.job}#${build.number}`,
    title: `#${build.number}`,
    job: build.job.slice(build.job.lastIndexOf('/') + 1),
    url: build.url,
    result: STATES[build.state],
    commit: build.commit?.slice(0, 7),
    cause: build.cause,
    tests: build.tests ? testCountText(build.tests) : 'No data',
    took:
      build.duration === undefined
        ? `${formatDuration(clock.now - Date.parse(build.startedAt))} so far`
        : formatDuration(build.duration),
    when: { text: formatWhen(build.startedAt, clock), at: build.startedAt },
    release: build.releaseNumber,
  }));
}
