// SPDX-License-Identifier: Apache-2.0
import type {
  ServiceDelivery,
  SourceState,
} from 'backstage-plugin-delivery-common';
import { formatMoment } from './formatMoment';
import { formatWhen } from './formatWhen';
import type { ViewClock } from './ViewClock';

/** One source on the freshness line. */
export type FreshnessEntry = {
  key: string;
  text: string;
  /** Silent too long: drawn bold with an icon. */
  stale: boolean;
  /** Why, for the tooltip. */
  reason?: string;
};

const VENDORS: Record<string, string> = {
  kubernetes: 'Kubernetes',
  helm: 'HelmReleases',
  spinnaker: 'Spinnaker',
  jenkins: 'Jenkins',
};

/**
 * When each source was last seen: the ones that answer by vendor, the silent
 * ones each by the name people know it by.
 */
export function freshness(
  service: Pick<ServiceDelivery, 'sources' | 'environments'>,
  clock: ViewClock,
): FreshnessEntry[] {
  const vendors = [...new Set(service.sources.map(({ source }) => source))];
  return vendors.flatMap(vendor => {
    const all = service.sources.filter(({ source }) => source === vendor);
    const live = all
      .filter(({ state }) => state !== 'stale')
      .sort((a, b) => (a.seenAt ?? '').localeCompare(b.seenAt ?? ''));
    const title = VENDORS[vendor] ?? vendor;
    return [
      ...(live[0] ? [liveEntry(title, live[0], clock)] : []),
      ...all
        .filter(({ state }) => state === 'stale')
        .map(source => ({
          key: `${vendor}/${source.id}`,
          text: `${staleName(service, title, source)} ${
            source.seenAt ? formatMoment(source.seenAt, clock) : 'never seen'
          }, unreachable`,
          stale: true,
          reason: source.reason,
        })),
    ];
  });
}

function liveEntry(
  title: string,
  source: SourceState,
  clock: ViewClock,
): FreshnessEntry {
  return {
    key: title,
    text: source.seenAt
      ? `${title} ${formatWhen(source.seenAt, clock)}`
      : `${title} is being read`,
    stale: false,
  };
}

function staleName(
  service: Pick<ServiceDelivery, 'environments'>,
  title: string,
  source: SourceState,
): string {
  if (source.source !== 'kubernetes') {
    return title;
  }
  const on = service.environments.filter(
    ({ cluster }) => cluster === source.id,
  );
  return on.length === 1 && on[0] ? on[0].name : `${title} ${source.id}`;
}
