// SPDX-License-Identifier: Apache-2.0
import type { EventFigures } from '../measure/measureEvents';
import type { ViewFigures } from '../measure/measureViews';
import type { BackendFigures, Machine, Report } from './Report';
import { heapPerPods, isMet, megabytes, targetsOf } from './targetsOf';

/** The figures of a run as Markdown. */
export function tableOf(report: Report): string {
  const { pods, services, clusters } = report.size;
  return [
    `${clusters} clusters, ${services} services, ${pods} pods; ${sayMachine(
      report.machine,
    )}, ${report.at}, ${report.seconds} s.`,
    '',
    '| budget | limit | measured | |',
    '| --- | --: | --: | --- |',
    ...targetsOf(report).map(
      target =>
        `| ${target.name} | ${target.is === 'most' ? '≤' : '≥'} ${
          target.limit
        } ${target.unit} | ${target.measured ?? 'not seen'} ${target.unit} | ${
          isMet(target) ? 'met' : '**missed**'
        } |`,
    ),
    '',
    '| | delivery | peer, default | peer, lean |',
    '| --- | --: | --: | --: |',
    ...comparisons(report),
    '',
    '| side | loop | viewers | API latency | views/s | p50 ms | p99 ms | bytes | upstream calls | CPU ms | failed |',
    '| --- | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |',
    ...report.backends.flatMap(({ peer, views }) =>
      views.map(view => row(view, peer)),
    ),
    '',
    ...profileOf(report),
  ].join('\n');
}

/** Where something was measured, in a few words. */
export function sayMachine(machine: Machine): string {
  return `${machine.cores} cores (load ${machine.loadBefore.toFixed(
    1,
  )} before the run), Node ${machine.node}`;
}

function comparisons(report: Report): string[] {
  const [usual, lean] = report.backends;
  const { alone, size } = report;
  const { silence } = usual;
  const line = (what: string, ...values: (number | string)[]) =>
    `| ${[what, ...values].join(' | ')} |`;
  const truth = (backend: BackendFigures) => {
    const rate = backend.views.find(
      ({ loop, side, viewers }) =>
        side === 'kubernetes' && loop === 'closed' && viewers === 50,
    )?.viewsPerSecond;
    return rate ? `${Math.round(size.services / rate)} s of views` : '';
  };
  return [
    line(
      'first complete truth of all services',
      `${(usual.firstTruthMs / 1000).toFixed(1)} s after the start`,
      truth(usual),
      truth(lean),
    ),
    line(
      'views from then on, until all was asked for the first time',
      `p50 ${usual.early.p50} ms, p99 ${usual.early.p99} ms at ${
        usual.early.viewsPerSecond
      } views/s; over ${(usual.allAskedMs / 1000).toFixed(
        1,
      )} s after the start`,
      'asks anew each time',
      'asks anew each time',
    ),
    line(
      'body of one view',
      `${usual.bodies.delivery.body} B`,
      `${usual.bodies.kubernetes.body} B`,
      `${lean.bodies.kubernetes.body} B`,
    ),
    line(
      'the same, unchanged',
      `${usual.bodies.unchanged.status}, ${usual.bodies.unchanged.wire} B with headers`,
      'as the first',
      'as the first',
    ),
    line(
      'heap for 10,000 pods',
      `${megabytes(heapPerPods(report))} MB`,
      'keeps nothing',
      'keeps nothing',
    ),
    line(
      'heap of everything it knows',
      `${megabytes(usual.memory.heap - alone.before.heap)} MB`,
      'keeps nothing',
      'keeps nothing',
    ),
    line(
      'VmHWM of the backend',
      `${megabytes(usual.memory.peak)} MB with delivery, all known`,
      `${megabytes(
        alone.after.peak,
      )} MB without delivery, 50 viewers (${megabytes(
        alone.before.peak,
      )} MB before)`,
      '',
    ),
    line(
      'event → API at 50 changes/s',
      sayEvents(usual.events, 'delivery'),
      sayEvents(usual.events, 'kubernetes'),
      sayEvents(lean.events, 'kubernetes'),
    ),
    line(
      'one cluster silent',
      silence
        ? `p50 ${silence.delivery.p50} ms, p99 ${silence.delivery.p99} ms; stale after ${silence.staleAfterMs} ms`
        : '',
      silence
        ? `${silence.kubernetes.failed} of ${silence.kubernetes.views} views without an answer in 10 s`
        : '',
      '',
    ),
    line(
      'overview of all services',
      `p50 ${usual.overview?.p50} ms, p99 ${usual.overview?.p99} ms`,
      'has none',
      'has none',
    ),
  ];
}

function sayEvents(events: readonly EventFigures[], side: string): string {
  const told = events.find(one => one.side === side);
  return told
    ? `p50 ${told.p50} ms, p99 ${told.p99} ms, ${told.lost} of ${told.events} lost`
    : '';
}

/** Only where a budget was missed: the profile that shows why. */
function profileOf(report: Report): string[] {
  const [{ profile }] = report.backends;
  return profile && targetsOf(report).some(target => !isMet(target))
    ? [
        'Where the processor time of the backend went while 50 people looked at delivery:',
        '',
        '| share | function |',
        '| --: | --- |',
        ...profile
          .slice(0, 12)
          .map(
            ({ share, where }) =>
              `| ${(share * 100).toFixed(1)} % | \`${where}\` |`,
          ),
        '',
      ]
    : [];
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
