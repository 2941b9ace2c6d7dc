// SPDX-License-Identifier: Apache-2.0
import {
  LANE_PHASES,
  serviceConditionSchema,
  type ServiceCondition,
  type ServiceOverview,
} from 'backstage-plugin-delivery-common';
import { findBehind } from './buildEnvironment';
import { findLaneDrift } from './findLaneDrift';
import { isSetUp } from './isSetUp';
import { observationState } from './observationState';
import { runningRelease } from './runningRelease';
import { laneFacts, type ServiceFacts } from './ServiceFacts';

type Row = ServiceOverview['environments'][number];
type Lane = { row: Row; drifted: boolean };

/** The row of one Service in the overview. */
export function buildOverview(facts: ServiceFacts): ServiceOverview {
  const { service } = facts;
  const lanes = facts.path.environments.map(environment =>
    buildLane(facts, environment.name),
  );
  return {
    service: service.entityRef,
    title: service.title,
    ...(service.owner ? { owner: service.owner } : {}),
    ...(service.system ? { system: service.system } : {}),
    condition: conditionOf(facts, lanes),
    environments: lanes.map(({ row }) => row),
  };
}

/** Where a condition stands in the order of the list: worst first. */
export function severityOf(condition: ServiceCondition): number {
  return serviceConditionSchema.options.indexOf(condition);
}

function buildLane(facts: ServiceFacts, name: string): Lane {
  const [environment] = facts.path.environments.filter(
    one => one.name === name,
  );
  const here = laneFacts(facts, environment);
  const release = runningRelease(here, facts.releases);
  const { health, observation } = observationState(here);
  const behind = findBehind(facts, here, release?.number);
  const open = here.promotions.find(
    ({ phase }) => phase === 'waiting' || LANE_PHASES.includes(phase),
  );
  const since = here.lane?.occupancy?.since ?? here.deployments[0]?.startedAt;
  return {
    row: {
      name,
      health,
      stale: observation.state === 'stale',
      ...(release ? { release: release.number } : {}),
      ...(since ? { since } : {}),
      ...(behind ? { behind: behind.count } : {}),
      ...(open
        ? {
            promotion: {
              id: open.id,
              phase: open.phase,
              releaseNumber: open.releaseNumber,
            },
          }
        : {}),
    },
    drifted:
      here.outsideChange !== undefined ||
      findLaneDrift(here, facts.releases) !== undefined,
  };
}

function conditionOf(
  facts: ServiceFacts,
  lanes: readonly Lane[],
): ServiceCondition {
  const phases = facts.promotions.map(({ phase }) => phase);
  const some = (is: (lane: Lane) => boolean) => lanes.some(is);
  if (phases.includes('needs-attention')) {
    return 'needs-attention';
  }
  if (some(({ row }) => row.health === 'unhealthy')) {
    return 'unhealthy';
  }
  if (some(({ drifted }) => drifted)) {
    return 'drifted';
  }
  if (!isSetUp(facts)) {
    return 'not-on-path';
  }
  if (some(({ row }) => row.stale)) {
    return 'not-seen';
  }
  if (phases.includes('waiting')) {
    return 'blocked';
  }
  if (phases.some(phase => LANE_PHASES.includes(phase))) {
    return 'in-flight';
  }
  return some(({ row }) => (row.behind ?? 0) > 0) ? 'behind' : 'same';
}
