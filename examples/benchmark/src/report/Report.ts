// SPDX-License-Identifier: Apache-2.0
import type { EventFigures } from '../measure/measureEvents';
import type { OverviewFigures } from '../measure/measureOverview';
import type { SilenceFigures } from '../measure/measureSilence';
import type { ViewFigures } from '../measure/measureViews';
import type { WorldSize } from '../world/World';

/** What one backend was measured at. */
export type BackendFigures = {
  peer: 'default' | 'lean';
  startedMs: number;
  /** From the start of the process until every Service shows all that runs. */
  firstTruthMs: number;
  heapBytes: number;
  rssBytes: number;
  /** VmHWM when everything was known, before anybody looked at the peer. */
  peakBytes: number;
  bodyBytes: {
    delivery: number;
    kubernetes: number;
    unchanged: { status: number; wireBytes: number };
  };
  views: ViewFigures[];
  overview?: OverviewFigures;
  events?: EventFigures;
  silence?: SilenceFigures;
};

/** Everything that was measured in one run. */
export type Report = {
  size: WorldSize;
  machine: {
    cores: number;
    model: string;
    memoryGb: number;
    node: string;
    /** What else ran: the load of the last minute before the run began. */
    loadBefore: number;
  };
  at: string;
  backends: BackendFigures[];
  seconds: number;
};
