// SPDX-License-Identifier: Apache-2.0
import type { Observation } from 'backstage-plugin-delivery-common';

/** Whether two Observations of a lane say the same of which Release runs and how it is. */
export function standsTheSame(a: Observation, b: Observation): boolean {
  return standingOf(a) === standingOf(b);
}

function standingOf({ health, workloads }: Observation): string {
  return JSON.stringify([
    health,
    workloads.map(({ chart, health: own, images }) => [
      own,
      chart,
      images.map(({ digest, name }) => [name, digest]),
    ]),
  ]);
}
