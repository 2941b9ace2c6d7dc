// SPDX-License-Identifier: Apache-2.0
import type { ViewFigures } from '../measure/measureViews';
import { ENVIRONMENTS } from '../world/World';
import type { Report } from './Report';

const PER_PODS = 10_000;

/** One budget and what was measured. */
export type Target = {
  name: string;
  limit: number;
  /** Whether the limit is the least or the most that it may be. */
  is: 'most' | 'least';
  unit: string;
  measured: number | undefined;
};

/** Whether a budget was kept; one that was not measured was not. */
export function isMet({ is, limit, measured }: Target): boolean {
  return (
    measured !== undefined &&
    (is === 'most' ? measured <= limit : measured >= limit)
  );
}

/** The budgets of Delivery and what a run says of them. */
export function targetsOf(report: Report): Target[] {
  const [usual] = report.backends;
  const views = usual.views.filter(({ side }) => side === 'delivery');
  const of = (loop: ViewFigures['loop'], viewers: number) =>
    views.find(
      view =>
        view.loop === loop && view.viewers === viewers && view.latencyMs === 0,
    );
  const most = (
    name: string,
    measured: number | undefined,
    limit: number,
    unit: string,
  ): Target => ({ name, limit, is: 'most', unit, measured });
  return [
    most(
      'upstream calls for a view, at most in any loop',
      Math.max(...views.map(view => view.upstreamCallsPerView)),
      0,
      '',
    ),
    most('one viewer, p50', of('open', 1)?.p50, 3, 'ms'),
    most('one viewer, p99', of('open', 1)?.p99, 15, 'ms'),
    most('50 viewers, p99', of('open', 50)?.p99, 60, 'ms'),
    {
      name: '50 viewers',
      limit: 1_500,
      is: 'least',
      unit: 'views/s',
      measured: of('closed', 50)?.viewsPerSecond,
    },
    most('a view to the browser', usual.bodies.delivery.wire, 6_144, 'B'),
    most('overview of everything, p99', usual.overview?.p99, 50, 'ms'),
    most(
      'heap for 10,000 pods',
      megabytes(heapPerPods(report) ?? NaN),
      6,
      'MB',
    ),
    most('first complete truth', usual.firstTruthMs / 1000, 20, 's'),
    most(
      'last known state after a start',
      usual.restart && usual.restart.workloads > 0
        ? usual.restart.answerMs
        : undefined,
      1_000,
      'ms',
    ),
    most(
      'a silent cluster is marked stale',
      usual.silence?.staleAfterMs && usual.silence.staleAfterMs / 1000,
      90,
      's',
    ),
    most(
      'views while one cluster is silent, p99',
      usual.silence?.delivery.p99,
      60,
      'ms',
    ),
  ];
}

/** What 10,000 Pods more add to the heap of delivery, in bytes. */
export function heapPerPods(report: Report): number {
  const { backends, fewPodsHeap, size } = report;
  const more = size.pods - size.services * ENVIRONMENTS.length;
  return ((backends[0].memory.heap - fewPodsHeap) / more) * PER_PODS;
}

/** Bytes as megabytes with one decimal. */
export function megabytes(bytes: number): number {
  return Number((bytes / 2 ** 20).toFixed(1));
}
