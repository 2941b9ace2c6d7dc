// SPDX-License-Identifier: Apache-2.0
import type { Gate } from 'backstage-plugin-delivery-node';
import { ApprovalsGate } from './ApprovalsGate';
import { EvidenceGate } from './EvidenceGate';
import { FreezeGate } from './FreezeGate';
import { HealthGate } from './HealthGate';
import { HttpGate } from './HttpGate';
import { MetricGate } from './MetricGate';
import { NoOpenReviewGate } from './NoOpenReviewGate';
import { NotMarkedBadGate } from './NotMarkedBadGate';
import { SoakGate } from './SoakGate';
import { UpstreamGate } from './UpstreamGate';
import { WindowGate } from './WindowGate';

/** The Gates that come with delivery. */
export const builtInGates: readonly Gate[] = [
  UpstreamGate,
  SoakGate,
  ApprovalsGate,
  EvidenceGate,
  HealthGate,
  NotMarkedBadGate,
  WindowGate,
  FreezeGate,
  HttpGate,
  MetricGate,
  NoOpenReviewGate,
];
