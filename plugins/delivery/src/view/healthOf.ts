// SPDX-License-Identifier: Apache-2.0
import type {
  EnvironmentDelivery,
  ServiceDelivery,
} from 'backstage-plugin-delivery-common';
import type { Looks } from './Looks';
import { promotionsInto } from './promotionsInto';

const HEALTH = {
  healthy: { label: 'Healthy', tone: 'ok', icon: 'check' },
  progressing: { label: 'Progressing', tone: 'run', icon: 'sync' },
  unhealthy: { label: 'Degraded', tone: 'bad', icon: 'error' },
  unknown: { label: 'Unknown', tone: 'unknown', icon: 'help' },
} satisfies Record<string, Looks>;

/**
 * The state of an Environment in one word, the most urgent one.
 *
 * @remarks
 * What cannot be seen never looks healthy: an unreachable cluster hides the
 * last known health, which the tile's notes still tell.
 */
export function healthOf(
  service: ServiceDelivery,
  environment: EnvironmentDelivery,
): Looks {
  const { attention, inFlight } = promotionsInto(service, environment.name);
  if (attention) {
    return { label: 'Needs attention', tone: 'warn', icon: 'warning' };
  }
  if (environment.observation.state === 'stale') {
    return { label: 'Unreachable', tone: 'unknown', icon: 'cloud-off' };
  }
  if (environment.health === 'unhealthy') {
    return HEALTH.unhealthy;
  }
  if (environment.changedOutside || environment.drift) {
    return { label: 'Drifted', tone: 'warn', icon: 'compare' };
  }
  if (inFlight && inFlight.phase !== 'verifying') {
    return HEALTH.progressing;
  }
  if (environment.health === 'missing') {
    return environment.deployment
      ? { label: 'Nothing runs', tone: 'bad', icon: 'error' }
      : { label: 'Nothing yet', tone: 'unknown', icon: 'empty' };
  }
  if (environment.observation.state === 'never') {
    return environment.deployment
      ? HEALTH.unknown
      : { label: 'Not seen yet', tone: 'unknown', icon: 'help' };
  }
  return HEALTH[environment.health];
}
