// SPDX-License-Identifier: Apache-2.0
import type { Release, ReleaseSummary } from '../model/release';

/** What a tile needs of a Release. @public */
export function summarizeRelease(release: Release): ReleaseSummary {
  return {
    id: release.id,
    number: release.number,
    change: release.change.kind,
    chartVersion: release.chart.version,
    valuesCommit: release.values.commit,
    images: release.images.map(({ name, tag, digest }) => ({
      name,
      tag,
      digest,
    })),
    builtAt: release.builtAt,
    build: release.build,
    ...(release.markedBad ? { markedBad: release.markedBad } : {}),
  };
}
