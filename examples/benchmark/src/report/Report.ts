// SPDX-License-Identifier: Apache-2.0
import type { ProfileLine } from '../backend/Profile';
import type { EventFigures } from '../measure/measureEvents';
import type { OverviewFigures } from '../measure/measureOverview';
import type { SilenceFigures } from '../measure/measureSilence';
import type { measureRestart } from '../measure/measureTruth';
import type { ViewFigures } from '../measure/measureViews';
import type { MemoryFigures } from '../measure/openGround';
import type { WorldSize } from '../world/World';

/** How much is done in one run. */
export type Effort = {
  size: WorldSize;
  /** How long each loop of views goes on. */
  seconds: number;
  /** So many events are followed to the API of delivery, and to that of the peer. */
  events: number;
  peerEvents: number;
};

/** How many bytes an answer has, and how many of them travel with their headers. */
export type BodyFigures = { body: number; wire: number };

/** What one backend with both plugins was measured at. */
export type BackendFigures = {
  peer: 'default' | 'lean';
  startedMs: number;
  /** From the start of the process until every Service shows all that runs. */
  firstTruthMs: number;
  /** Views of delivery from then on, while Spinnaker is asked about every Service for the first time. */
  early: ViewFigures;
  /** From the start of the process until that was over; the loops begin after it. */
  allAskedMs: number;
  /** When everything was known, before anybody looked at the peer. */
  memory: MemoryFigures;
  bodies: {
    delivery: BodyFigures;
    kubernetes: BodyFigures;
    unchanged: { status: number; wire: number };
  };
  views: ViewFigures[];
  events: EventFigures[];
  /** Where processor time goes while 50 people look at delivery. */
  profile?: ProfileLine[];
  overview?: OverviewFigures;
  silence?: SilenceFigures;
  restart?: Awaited<ReturnType<typeof measureRestart>>;
};

/** The backend without delivery, before and after people looked at the peer. */
export type AloneFigures = { before: MemoryFigures; after: MemoryFigures };

/** Where it was measured. */
export type Machine = {
  cores: number;
  model: string;
  memoryGb: number;
  node: string;
  /** What else ran: the load of the last minute before the run began. */
  loadBefore: number;
};

/** Everything that was measured in one run. */
export type Report = {
  size: WorldSize;
  machine: Machine;
  at: string;
  backends: BackendFigures[];
  alone: AloneFigures;
  /** The heap with delivery and three Pods for each Service, in bytes. */
  fewPodsHeap: number;
  seconds: number;
};
