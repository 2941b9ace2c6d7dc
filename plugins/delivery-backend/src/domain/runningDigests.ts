// SPDX-License-Identifier: Apache-2.0
import type { Observation } from 'backstage-plugin-delivery-common';

/** The digests that were seen running, sorted, each once; never-digested images by name. */
export function runningDigests(observation: Observation | undefined): string[] {
  const images = observation?.workloads.flatMap(workload => workload.images);
  return [
    ...new Set(images?.map(image => image.digest ?? `unpinned:${image.name}`)),
  ]
    .map(text => text.slice(0, 100))
    .sort();
}
