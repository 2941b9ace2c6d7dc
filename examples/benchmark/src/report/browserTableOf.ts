// SPDX-License-Identifier: Apache-2.0
import type { BrowserFigures } from '../browser/measureBrowser';
import type { WorldSize } from '../world/World';
import type { Machine } from './Report';
import { sayMachine } from './tableOf';

/** What people in front of browsers get, as Markdown. */
export function browserTableOf(report: {
  size: WorldSize;
  machine: Machine;
  at: string;
  figures: BrowserFigures;
}): string {
  const { dom, idle, tabs } = report.figures;
  const { clusters, pods, services } = report.size;
  const rows: [string, string, string, boolean][] = [
    [
      `event at the API server → DOM, p50 of ${dom.events} at ${dom.backgroundPerSecond} changes/s`,
      '≤ 150 ms',
      `${dom.p50} ms`,
      dom.p50 <= 150,
    ],
    [
      'the same, p99',
      '≤ 500 ms',
      `${dom.p99} ms, ${dom.lost} lost`,
      dom.p99 <= 500 && dom.lost === 0,
    ],
    [
      `an idle tab, over ${idle.minutes} minutes`,
      '≤ 1024 B/min',
      `${idle.bytesPerMinute} B/min`,
      idle.bytesPerMinute <= 1024,
    ],
    [
      `calls of clusters, Jenkins and Spinnaker in three sweeps with ${tabs.tabs} open tabs`,
      `≤ ${tabs.upstreamWithout}, as without`,
      `${tabs.upstreamWith} (the tabs got ${tabs.hints} hints and looked ${tabs.views} times)`,
      tabs.upstreamWith <= tabs.upstreamWithout,
    ],
  ];
  return [
    `${clusters} clusters, ${services} services, ${pods} pods; ${sayMachine(
      report.machine,
    )}, ${report.at}.`,
    '',
    '| | limit | measured | |',
    '| --- | --: | --- | --- |',
    ...rows.map(
      ([what, limit, measured, met]) =>
        `| ${what} | ${limit} | ${measured} | ${met ? 'met' : '**missed**'} |`,
    ),
    '',
  ].join('\n');
}
