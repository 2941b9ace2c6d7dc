// SPDX-License-Identifier: Apache-2.0
import type {
  Observation,
  ObservedWorkload,
  Release,
} from 'backstage-plugin-delivery-common';
import { carriesOtherVersion } from './carriesOtherVersion';
import { chartLabelOf } from './chartLabelOf';

/**
 * The Release whose digests were observed, or `undefined` when something
 * unknown or nothing runs.
 *
 * @remarks
 * Every image of the Release must run, and none of the same name with another
 * digest: halfway through a rollout nothing matches. Releases that differ only
 * in their values share their images; there the chart label of the Workloads
 * decides, and without one the Release that is expected, else the newest. A
 * label of another Release of ours, whose own images do not run, is what a
 * rollout left that never became ready: the digests that serve are believed.
 * A version that nobody knows belongs to no Release.
 */
export function matchRelease(options: {
  observation: Pick<Observation, 'workloads'> | undefined;
  releases: readonly Release[];
  /** The Release that should run there, by id. */
  expected?: string;
}): Release | undefined {
  const { expected, releases } = options;
  const workloads = options.observation?.workloads ?? [];
  // What is expected mostly runs; then no other one need be looked at.
  const likely = releases.find(({ id }) => id === expected);
  if (
    likely &&
    serves(workloads, likely) &&
    otherLabels(workloads, likely).length === 0
  ) {
    return likely;
  }
  const serving = releases.filter(release => serves(workloads, release));
  const labelled = serving.filter(
    release => otherLabels(workloads, release).length === 0,
  );
  const matching =
    labelled.length > 0
      ? labelled
      : serving.filter(release =>
          otherLabels(workloads, release).every(label =>
            releases.some(({ chart }) => chartLabelOf(chart) === label),
          ),
        );
  return (
    matching.find(release => release.id === expected) ??
    [...matching].sort((a, b) => b.number - a.number)[0]
  );
}

function serves(
  workloads: readonly ObservedWorkload[],
  release: Release,
): boolean {
  const images = workloads
    .filter(workload => carries(workload, release))
    .flatMap(workload => workload.images);
  return (
    release.images.length > 0 &&
    release.images.every(image =>
      images.some(({ digest }) => digest === image.digest),
    ) &&
    release.images.every(image =>
      images.every(
        ({ name, digest }) => name !== image.name || digest === image.digest,
      ),
    )
  );
}

/** The chart labels that name another version of the Release's chart. */
function otherLabels(
  workloads: readonly ObservedWorkload[],
  release: Release,
): string[] {
  return workloads
    .filter(workload => carries(workload, release))
    .flatMap(({ chart }) =>
      chart !== undefined && carriesOtherVersion(chart, release.chart)
        ? [chart]
        : [],
    );
}

/** Whether a Workload runs an image of the Release, in whatever version. */
function carries(workload: ObservedWorkload, release: Release): boolean {
  return workload.images.some(({ name, digest }) =>
    release.images.some(
      image => image.name === name || image.digest === digest,
    ),
  );
}
