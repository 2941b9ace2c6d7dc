// SPDX-License-Identifier: Apache-2.0
import {
  summarizeRelease,
  type Deployment,
  type EnvironmentDelivery,
  type MayState,
  type Override,
} from 'backstage-plugin-delivery-common';
import { toEnvironment } from '../domain/toEnvironment';
import { findFailure } from './findFailure';
import { findLaneDrift } from './findLaneDrift';
import { observationState } from './observationState';
import { runningRelease } from './runningRelease';
import { laneFacts, type LaneFacts, type ServiceFacts } from './ServiceFacts';
import { verifiedReleases } from './verifiedReleases';

/** More are of no use on a screen; all are there in the list of releases. */
const MOST_TARGETS = 5;

/** What one Environment of a Service looks like. */
export function buildEnvironment(
  facts: ServiceFacts,
  name: string,
  options: { mayRollBack: MayState },
): EnvironmentDelivery {
  const environment = facts.path.environments.find(one => one.name === name);
  if (!environment) {
    throw new TypeError(`There is no environment "${name}" on this path`);
  }
  const here = laneFacts(facts, environment);
  const release = runningRelease(here, facts.releases);
  const failure = findFailure(here.promotions);
  const drift = findLaneDrift(here, facts.releases);
  const deployment = shownDeployment(here, release?.id);
  const behind = findBehind(facts, here, release?.number);
  const { outsideChange, lane, observation } = here;
  return {
    ...toEnvironment(environment, facts.service),
    ...observationState(here),
    ...(release ? { release: summarizeRelease(release) } : {}),
    workloads:
      observation?.refused === undefined ? observation?.workloads ?? [] : [],
    ...(observation?.helmReleases?.length
      ? { helmReleases: observation.helmReleases }
      : {}),
    ...(deployment
      ? {
          deployment: {
            promotionId: deployment.promotionId,
            promotionNumber: deployment.promotionNumber,
            releaseNumber: deployment.releaseNumber,
            kind: deployment.kind,
            ...(deployment.by ? { by: deployment.by } : {}),
            at: deployment.startedAt,
            ...(deployment.verifiedAt
              ? { verifiedAt: deployment.verifiedAt }
              : {}),
            ...overridesOf(deployment, here),
          },
        }
      : {}),
    ...(failure ? { failure } : {}),
    ...(behind ? { behind } : {}),
    ...(drift ? { drift } : {}),
    ...(outsideChange
      ? {
          changedOutside: {
            id: outsideChange.id,
            since: outsideChange.since,
            reason: outsideChange.reason.slice(0, 600),
            ...(outsideChange.execution
              ? { execution: outsideChange.execution }
              : {}),
          },
        }
      : {}),
    ...(lane?.hold ? { hold: lane.hold } : {}),
    rollback: {
      may: options.mayRollBack,
      targets: verifiedReleases(here.deployments)
        .filter(({ releaseId }) => releaseId !== release?.id)
        .slice(0, MOST_TARGETS),
    },
  };
}

/** The Deployment of what runs; else the last one that did not fail. */
function shownDeployment(
  { deployments }: LaneFacts,
  releaseId: string | undefined,
): Deployment | undefined {
  const standing = deployments.filter(({ outcome }) => outcome !== 'failed');
  return standing.find(one => one.releaseId === releaseId) ?? standing[0];
}

/** By what it came in although Gates did not pass; said as long as it stands. */
function overridesOf(
  deployment: Deployment,
  { overrides }: LaneFacts,
): { overrides?: Override[] } {
  const given = overrides.filter(({ id }) =>
    deployment.overrides?.includes(id),
  );
  return given.length > 0 ? { overrides: given } : {};
}

/** How many Releases lie between the one here and the one that may come from the Environment before. */
export function findBehind(
  facts: Pick<ServiceFacts, 'deployments'>,
  here: Pick<LaneFacts, 'environment' | 'deployments'>,
  runs: number | undefined,
): EnvironmentDelivery['behind'] {
  const [than] = here.environment.after;
  if (than === undefined) {
    return undefined;
  }
  const [next] = verifiedReleases(
    facts.deployments.filter(({ environment }) => environment === than),
  );
  if (!next) {
    return undefined;
  }
  const [last] = verifiedReleases(here.deployments);
  const number = runs ?? last?.number ?? 0;
  return { than, count: Math.max(0, next.number - number) };
}
