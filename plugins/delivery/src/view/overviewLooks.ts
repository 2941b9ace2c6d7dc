// SPDX-License-Identifier: Apache-2.0
import type { Health, ServiceOverview } from 'backstage-plugin-delivery-common';
import { CONDITIONS } from './CONDITIONS';
import type { Looks } from './Looks';

const HEALTH: Record<Health, Looks> = {
  healthy: { label: 'Healthy', tone: 'ok', icon: 'check' },
  progressing: { label: 'Progressing', tone: 'run', icon: 'sync' },
  unhealthy: { label: 'Degraded', tone: 'bad', icon: 'error' },
  missing: { label: 'Nothing yet', tone: 'unknown', icon: 'empty' },
  unknown: { label: 'Unknown', tone: 'unknown', icon: 'help' },
};

/** How one Environment of a Service looks in the overview. */
export function overviewLooks({
  health,
  stale,
  promotion,
}: ServiceOverview['environments'][number]): Looks {
  if (promotion?.phase === 'needs-attention') {
    return CONDITIONS['needs-attention'];
  }
  if (stale) {
    return { label: 'Unreachable', tone: 'unknown', icon: 'cloud-off' };
  }
  return HEALTH[health];
}
