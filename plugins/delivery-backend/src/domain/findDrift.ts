// SPDX-License-Identifier: Apache-2.0
import type {
  Drift,
  Observation,
  Release,
} from 'backstage-plugin-delivery-common';
import { carriesOtherVersion } from './carriesOtherVersion';
import { chartLabelOf } from './chartLabelOf';

/**
 * How what is observed differs from the Release that was deployed last, or
 * `undefined` when it does not.
 *
 * @remarks
 * The first difference is told: an image that is gone or has another digest,
 * then the chart. It says nothing of a rollout that is under way; ask only while
 * no Promotion holds the lane.
 */
export function findDrift(options: {
  observation: Observation;
  /** The Release of the last verified Deployment. */
  release: Release;
  /** A Release whose rollout failed there since: its chart label may have stayed. */
  tried?: Release;
}): Drift | undefined {
  const { observation, release, tried } = options;
  const since = observation.observedAt;
  if (observation.refused !== undefined) {
    return undefined;
  }
  if (observation.workloads.length === 0) {
    return {
      field: 'workloads',
      expected: `Release ${release.number}`,
      observed: 'nothing',
      since,
    };
  }
  const running = observation.workloads.flatMap(workload => workload.images);
  for (const image of release.images) {
    const sameName = running.filter(({ name }) => name === image.name);
    const other = sameName.find(({ digest }) => digest !== image.digest);
    if (other) {
      return {
        field: 'image',
        expected: shown(image),
        observed: shown(other),
        since,
      };
    }
    if (!running.some(({ digest }) => digest === image.digest)) {
      return {
        field: 'image',
        expected: shown(image),
        observed: `no image ${image.name}`.slice(0, 300),
        since,
      };
    }
  }
  const chart = chartLabelOf(release.chart);
  const otherChart = observation.workloads
    .filter(({ images }) =>
      images.some(({ digest }) =>
        release.images.some(image => image.digest === digest),
      ),
    )
    .map(workload => workload.chart)
    .filter(carried => carriesOtherVersion(carried, release.chart))
    .find(
      carried => tried === undefined || carried !== chartLabelOf(tried.chart),
    );
  return otherChart === undefined
    ? undefined
    : { field: 'chart', expected: chart, observed: otherChart, since };
}

function shown(image: { name: string; tag?: string; digest?: string }): string {
  const tag = image.tag ? `:${image.tag}` : '';
  const digest = image.digest ? `@${image.digest.slice(0, 19)}` : '';
  return `${image.name}${tag}${digest}`.slice(-300);
}
