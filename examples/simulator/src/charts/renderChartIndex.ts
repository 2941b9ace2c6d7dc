// SPDX-License-Identifier: Apache-2.0
import { stringify } from 'yaml';
import { fileNameOf, StoredChart } from './ChartStore';

/** The repository's `index.yaml` as Helm reads it, newest upload first. */
export function renderChartIndex(
  charts: readonly StoredChart[],
  generated: Date,
): string {
  const entries: Record<string, object[]> = {};
  for (const chart of charts) {
    const entry = {
      ...chart.metadata,
      created: chart.created,
      digest: chart.digest,
      urls: [`charts/${fileNameOf(chart)}`],
    };
    entries[chart.metadata.name] = [
      entry,
      ...(entries[chart.metadata.name] ?? []),
    ];
  }
  return stringify({
    apiVersion: 'v1',
    entries,
    generated: generated.toISOString(),
  });
}
