// SPDX-License-Identifier: Apache-2.0
import type {
  Observation,
  ObservedWorkload,
  Release,
} from 'backstage-plugin-delivery-common';
import { carriesOtherVersion } from './carriesOtherVersion';

/**
 * The Release whose digests were observed, or `undefined` when something
 * unknown or nothing runs.
 *
 * @remarks
 * Every image of the Release must run, and none of the same name with another
 * digest: halfway through a rollout nothing matches. Releases that differ only
 * in their values share their images; there the chart label of the Workloads
 * decides, and without one the Release that is expected, else the newest.
 */
export function matchRelease(options: {
  observation: Pick<Observation, 'workloads'> | undefined;
  releases: readonly Release[];
  /** The Release that should run there, by id. */
  expected?: string;
}): Release | undefined {
  const workloads = options.observation?.workloads ?? [];
  const matching = options.releases.filter(release =>
    runsExactly(workloads, release),
  );
  return (
    matching.find(release => release.id === options.expected) ??
    [...matching].sort((a, b) => b.number - a.number)[0]
  );
}

function runsExactly(
  workloads: readonly ObservedWorkload[],
  release: Release,
): boolean {
  const carriers = workloads.filter(workload => carries(workload, release));
  const images = carriers.flatMap(workload => workload.images);
  return (
    release.images.length > 0 &&
    release.images.every(image =>
      images.some(({ digest }) => digest === image.digest),
    ) &&
    release.images.every(image =>
      images.every(
        ({ name, digest }) => name !== image.name || digest === image.digest,
      ),
    ) &&
    !carriers.some(({ chart }) => carriesOtherVersion(chart, release.chart))
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
