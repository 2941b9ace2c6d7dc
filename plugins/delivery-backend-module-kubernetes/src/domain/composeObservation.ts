// SPDX-License-Identifier: Apache-2.0
import type {
  Health,
  HelmRelease,
  Observation,
  ObservedWorkload,
  WorkloadEvent,
} from 'backstage-plugin-delivery-common';
import type { ObservationTarget } from 'backstage-plugin-delivery-node';
import { assessWorkload } from './assessWorkload';
import type { ImageReference } from './parseImage';
import type { ProjectedPod } from './projectPod';
import type { ProjectedWorkload } from './projectWorkload';
import { readChartLabel } from './readChartLabel';

/** A Workload of a service with its Pods. */
export interface WorkloadFacts {
  workload: ProjectedWorkload;
  /** All its Pods, those on their way out included. */
  pods: readonly ProjectedPod[];
  /** How long not all of its Pods have been available, in milliseconds; undefined when they are. */
  lackingForMs: number | undefined;
  /** The chart and its version as Helm recorded them, for a Workload that carries no label. */
  chart?: string;
  /** What the cluster warned of lately, about it and its Pods. */
  warnings?: readonly WorkloadEvent[];
}

const ENDED = new Set(['Succeeded', 'Failed']);

/**
 * What was seen of a service in an environment.
 *
 * @remarks
 * What Helm recorded never changes the health: that is what the Workloads say.
 */
export function composeObservation(options: {
  target: Pick<ObservationTarget, 'service' | 'environment'>;
  workloads: readonly WorkloadFacts[];
  helmReleases?: readonly HelmRelease[];
  now: Date;
}): Observation {
  const { target, helmReleases = [], now } = options;
  const workloads = options.workloads
    .map(observeWorkload)
    .sort((a, b) => (`${a.kind}/${a.name}` < `${b.kind}/${b.name}` ? -1 : 1))
    .slice(0, 50);
  return {
    service: target.service,
    environment: target.environment,
    observedAt: now.toISOString(),
    health: overallHealth(workloads),
    workloads,
    ...(helmReleases.length > 0 ? { helmReleases: [...helmReleases] } : {}),
  };
}

/** The Observation of a place that may not be read for a service. */
export function refuseObservation(options: {
  target: Pick<ObservationTarget, 'service' | 'environment'>;
  reason: string;
  now: Date;
}): Observation {
  const { target, reason, now } = options;
  return {
    service: target.service,
    environment: target.environment,
    observedAt: now.toISOString(),
    health: 'unknown',
    workloads: [],
    refused: reason.slice(0, 300),
  };
}

function observeWorkload(facts: WorkloadFacts): ObservedWorkload {
  const { workload } = facts;
  const pods = facts.pods.filter(
    pod => !pod.terminating && !ENDED.has(pod.phase),
  );
  const assessment = assessWorkload({ ...facts, pods });
  const chart = readChartLabel(workload.labels['helm.sh/chart']) ?? facts.chart;
  const version = workload.labels['app.kubernetes.io/version'];
  return {
    kind: workload.kind,
    name: workload.name,
    ready: workload.ready,
    updated: workload.updated,
    desired: workload.desired,
    images: servedImages(workload, pods),
    ...(chart === undefined ? {} : { chart }),
    ...(version === undefined ? {} : { version }),
    restarts: pods.reduce((sum, pod) => sum + pod.restarts, 0),
    ...assessment,
    ...(assessment.health === 'unhealthy' && facts.warnings?.length
      ? { events: [...facts.warnings] }
      : {}),
  };
}

/**
 * The images that serve: those of the ready Pods, so a rollout that never becomes ready does
 * not hide what still runs. When no Pod is ready those of all Pods, and without any Pod those
 * of the specification.
 */
function servedImages(
  workload: ProjectedWorkload,
  pods: readonly ProjectedPod[],
): ImageReference[] {
  const ready = pods.filter(pod => pod.ready);
  const chosen = ready.length > 0 ? ready : pods;
  const images =
    chosen.length > 0 ? chosen.flatMap(pod => pod.images) : workload.images;
  const distinct = new Map(
    images.map(image => [
      `${image.name}:${image.tag ?? ''}@${image.digest ?? ''}`,
      image,
    ]),
  );
  return [...distinct.keys()]
    .sort()
    .flatMap(key => distinct.get(key) ?? [])
    .slice(0, 20);
}

function overallHealth(workloads: readonly ObservedWorkload[]): Health {
  const has = (health: Health) =>
    workloads.some(workload => workload.health === health);
  if (workloads.every(({ desired, ready }) => desired === 0 && ready === 0)) {
    return 'missing';
  }
  if (has('unhealthy')) {
    return 'unhealthy';
  }
  return has('progressing') ? 'progressing' : 'healthy';
}
