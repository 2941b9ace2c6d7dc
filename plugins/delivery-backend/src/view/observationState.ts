// SPDX-License-Identifier: Apache-2.0
import type {
  EnvironmentDelivery,
  Health,
} from 'backstage-plugin-delivery-common';
import type { LaneFacts } from './ServiceFacts';

/**
 * How fresh the observation of an Environment is, and the health to show.
 *
 * @remarks
 * A source that went silent keeps its last values; the state says that they are
 * old. What was never seen is unknown, never missing.
 */
export function observationState({
  observation,
  source,
}: Pick<LaneFacts, 'observation' | 'source'>): {
  health: Health;
  observation: EnvironmentDelivery['observation'];
} {
  if (observation?.refused !== undefined) {
    return {
      health: 'unknown',
      observation: { state: 'never', reason: observation.refused },
    };
  }
  const reason = source?.reason ? { reason: source.reason } : {};
  const since = source?.since ? { since: source.since } : {};
  if (!observation) {
    return {
      health: 'unknown',
      observation:
        source?.state === 'stale'
          ? { state: 'stale', ...since, ...reason }
          : { state: source?.state === 'syncing' ? 'syncing' : 'never' },
    };
  }
  const state = source?.state ?? 'syncing';
  // While the source is live, what was seen last is what is there now.
  const seen =
    state === 'live' && source?.seenAt && source.seenAt > observation.observedAt
      ? source.seenAt
      : observation.observedAt;
  return {
    health: observation.health,
    observation: {
      state,
      observedAt: seen,
      ...(state === 'stale' ? { ...since, ...reason } : {}),
    },
  };
}
