// SPDX-License-Identifier: Apache-2.0
import type { ScaleRow } from '../measure/measureScale';
import type { Machine } from './Report';
import { sayMachine } from './tableOf';
import { megabytes } from './targetsOf';

const MOST_BYTES_PER_POD = 0.6 * 1024;

/** What more and more Pods cost, as Markdown. */
export function scaleTableOf(report: {
  machine: Machine;
  at: string;
  rows: readonly ScaleRow[];
}): string {
  return [
    `10 clusters; ${sayMachine(report.machine)}, ${report.at}.`,
    '',
    '| pods | all told after | heap of the process | heap for each pod more (≤ 0.6 KB) | VmHWM | CPU for a change |',
    '| --: | --: | --: | --: | --: | --: |',
    ...report.rows.map(
      row =>
        `| ${row.pods} | ${row.syncSeconds} s | ${megabytes(
          row.heapBytes,
        )} MB | ${sayPerPod(row.heapBytesPerPod)} | ${megabytes(
          row.peakBytes,
        )} MB | ${row.cpuMsPerEvent} ms |`,
    ),
    '',
  ].join('\n');
}

function sayPerPod(bytes: number | undefined): string {
  if (bytes === undefined) {
    return '';
  }
  return `${bytes} B${bytes <= MOST_BYTES_PER_POD ? '' : ' (**missed**)'}`;
}
