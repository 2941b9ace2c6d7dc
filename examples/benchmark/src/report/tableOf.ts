// SPDX-License-Identifier: Apache-2.0
import type { ViewFigures } from '../measure/measureViews';
import type { Report } from './Report';

/** The figures of a run as a page of Markdown. */
export function tableOf(report: Report): string {
  const [first] = report.backends;
  const rows = report.backends.flatMap(({ peer, views }) =>
    views.map(view => row(view, peer)),
  );
  return [
    `${report.size.clusters} clusters, ${report.size.services} services, ${
      report.size.pods
    } pods; ${
      report.machine.cores
    } cores (load ${report.machine.loadBefore.toFixed(
      1,
    )} before the run), Node ${report.machine.node}, ${report.at}, ${
      report.seconds
    } s.`,
    '',
    '| side | loop | viewers | API latency | views/s | p50 ms | p99 ms | bytes | upstream calls | CPU ms | failed |',
    '| --- | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |',
    ...rows,
    '',
    '| | |',
    '| --- | --- |',
    ...(first
      ? [
          `| body of one view | delivery ${first.bodyBytes.delivery} B, peer ${first.bodyBytes.kubernetes} B |`,
          `| the same view unchanged | ${first.bodyBytes.unchanged.status}, ${first.bodyBytes.unchanged.wireBytes} B on the wire |`,
          `| backend started | ${first.startedMs} ms |`,
          `| first complete truth | ${first.firstTruthMs} ms after the start of the process |`,
          `| heap, all known | ${megabytes(first.heapBytes)} MB |`,
          `| VmHWM, all known | ${megabytes(first.peakBytes)} MB |`,
        ]
      : []),
    ...(first?.overview
      ? [
          `| overview | p50 ${first.overview.p50} ms, p99 ${first.overview.p99} ms, ${first.overview.pageBytes} B for a page |`,
        ]
      : []),
    ...(first?.events
      ? [
          `| event to API at ${first.events.backgroundPerSecond} changes/s | p50 ${first.events.p50} ms, p99 ${first.events.p99} ms, ${first.events.lost} of ${first.events.events} lost |`,
        ]
      : []),
    ...(first?.silence
      ? [
          `| one cluster silent | delivery p50 ${first.silence.delivery.p50} ms, p99 ${first.silence.delivery.p99} ms; peer: ${first.silence.kubernetes.failed} of ${first.silence.kubernetes.views} views without an answer in 10 s; marked stale after ${first.silence.staleAfterMs} ms |`,
        ]
      : []),
    '',
  ].join('\n');
}

function row(view: ViewFigures, peer: string): string {
  const side = view.side === 'delivery' ? 'delivery' : `peer, ${peer}`;
  return `| ${[
    side,
    view.loop,
    view.viewers,
    `${view.latencyMs} ms`,
    view.viewsPerSecond,
    view.p50,
    view.p99,
    view.wireBytesPerView,
    view.upstreamCallsPerView,
    view.cpuMsPerView,
    view.failed,
  ].join(' | ')} |`;
}

function megabytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}
