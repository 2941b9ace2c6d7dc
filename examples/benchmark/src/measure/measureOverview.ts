// SPDX-License-Identifier: Apache-2.0
import type { Ground } from './measureViews';
import { percentile, rounded } from './summarize';

const TIMES = 100;
const PAGE = 100;

/** What the overview of everything costs. */
export type OverviewFigures = { p50: number; p99: number; pageBytes: number };

/** Asks for the first page of the overview again and again, as several people. */
export async function measureOverview({
  viewers,
}: Ground): Promise<OverviewFigures> {
  const times: number[] = [];
  let pageBytes = 0;
  for (let number = 0; number < TIMES; number += 1) {
    const view = await viewers.get(`/api/delivery/v1/services?limit=${PAGE}`, {
      person: number,
    });
    if (view.status !== 200) {
      throw new Error(`The overview answered ${view.status}`);
    }
    times.push(view.milliseconds);
    pageBytes = view.wireBytes;
  }
  return {
    p50: rounded(percentile(times, 0.5)),
    p99: rounded(percentile(times, 0.99)),
    pageBytes,
  };
}
