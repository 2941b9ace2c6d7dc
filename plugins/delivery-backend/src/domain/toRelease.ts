// SPDX-License-Identifier: Apache-2.0
import type { Release } from 'backstage-plugin-delivery-common';
import { digestOf, type SourceRelease } from 'backstage-plugin-delivery-node';

/** The Release that a build source's record describes. */
export function toRelease({
  buildUrl,
  evidence,
  record,
}: SourceRelease): Release {
  const images = record.images.map(({ builtBy: _, ...image }) => image);
  return {
    id: `${record.service}@${record.number}`,
    service: record.service,
    number: record.number,
    fingerprint: digestOf({
      chart: record.chart,
      values: record.values,
      images,
    }),
    chart: record.chart,
    values: record.values,
    images,
    change: record.change,
    build: { ...record.build, ...(buildUrl ? { url: buildUrl } : {}) },
    evidence,
    builtAt: record.builtAt,
  };
}
