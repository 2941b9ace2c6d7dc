// SPDX-License-Identifier: Apache-2.0
import type {
  Deployment,
  DoraFigures,
  Release,
} from 'backstage-plugin-delivery-common';

const DAY = 86_400_000;

/**
 * The four figures over Deployments into production, oldest first.
 *
 * @param given - `deployments` are those that began in the span, of production
 * Environments only; `releases` by id tell when a change was made.
 *
 * @remarks
 * A change is a forward or automatic Deployment that ended. It failed when it
 * did not get verified, or when the next Deployment that began on its lane is a
 * rollback. Service is restored with the next Deployment of the lane that is
 * verified, whatever its kind; the time runs from the end of the failed
 * Deployment, or from the start of the rollback when it had been verified before.
 */
export function doraFigures(given: {
  deployments: readonly Deployment[];
  releases: ReadonlyMap<string, Release>;
  days: number;
}): DoraFigures {
  const { days, deployments, releases } = given;
  const lanes = byLane(deployments).map(lane => laneFigures(lane, releases));
  const sum = (pick: (figures: LaneFigures) => number) =>
    lanes.reduce((total, figures) => total + pick(figures), 0);
  const changes = sum(figures => figures.changes);
  const failed = sum(figures => figures.failed);
  const verified = sum(figures => figures.verified);
  return {
    leadTime: durations(lanes.flatMap(({ leads }) => leads)),
    deployments: { count: verified, perDay: verified / days },
    changeFailure: {
      changes,
      failed,
      ...(changes > 0 ? { rate: failed / changes } : {}),
    },
    timeToRestore: {
      ...durations(lanes.flatMap(({ restores }) => restores)),
      open: sum(figures => figures.open),
    },
  };
}

type LaneFigures = {
  leads: number[];
  restores: number[];
  verified: number;
  changes: number;
  failed: number;
  open: number;
};

function laneFigures(
  lane: readonly Deployment[],
  releases: ReadonlyMap<string, Release>,
): LaneFigures {
  const figures: LaneFigures = {
    leads: [],
    restores: [],
    verified: 0,
    changes: 0,
    failed: 0,
    open: 0,
  };
  const delivered = new Set<string>();
  for (const [index, one] of lane.entries()) {
    if (one.kind === 'rollback' || one.outcome === 'running') {
      continue;
    }
    const later = lane.slice(index + 1);
    figures.changes += 1;
    if (one.outcome === 'verified') {
      figures.verified += 1;
      const madeAt = changedAt(releases.get(one.releaseId));
      if (one.verifiedAt && madeAt && !delivered.has(one.releaseId)) {
        delivered.add(one.releaseId);
        figures.leads.push(Math.max(0, Date.parse(one.verifiedAt) - madeAt));
      }
    }
    const since = failedAt(one, later[0]);
    if (since === undefined) {
      continue;
    }
    figures.failed += 1;
    const restored = later.find(({ outcome }) => outcome === 'verified');
    if (restored?.verifiedAt) {
      figures.restores.push(
        Math.max(0, Date.parse(restored.verifiedAt) - since),
      );
    } else {
      figures.open += 1;
    }
  }
  return figures;
}

/** The instant that is a number of days before another one. */
export function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY);
}

function byLane(deployments: readonly Deployment[]): Deployment[][] {
  const lanes = new Map<string, Deployment[]>();
  const inOrder = deployments.toSorted(
    (a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt),
  );
  for (const one of inOrder) {
    const key = `${one.service} ${one.environment}`;
    lanes.set(key, [...(lanes.get(key) ?? []), one]);
  }
  return [...lanes.values()];
}

/** Since when a Deployment counts as failed; `undefined` when it does not. */
function failedAt(
  one: Deployment,
  next: Deployment | undefined,
): number | undefined {
  if (one.outcome === 'failed') {
    return Date.parse(one.endedAt ?? one.startedAt);
  }
  return next?.kind === 'rollback' ? Date.parse(next.startedAt) : undefined;
}

/** When the oldest commit of a Release was made, or its build where none says. */
function changedAt(release: Release | undefined): number | undefined {
  if (!release) {
    return undefined;
  }
  const times = release.change.commits.flatMap(({ at }) =>
    at ? [Date.parse(at)] : [],
  );
  return times.length > 0 ? Math.min(...times) : Date.parse(release.builtAt);
}

function durations(values: readonly number[]): {
  count: number;
  median?: number;
  p90?: number;
} {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1];
  return sorted.length === 0
    ? { count: 0 }
    : { count: sorted.length, median: median(sorted), p90: at(0.9) };
}

function median(sorted: readonly number[]): number {
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? sorted[middle]
    : (sorted[middle - 1] + sorted[middle]) / 2;
}
