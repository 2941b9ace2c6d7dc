// SPDX-License-Identifier: Apache-2.0
import type { EnvironmentDelivery } from 'backstage-plugin-delivery-common';
import { CHANGE_KINDS } from './CHANGE_KINDS';
import { formatDuration } from './formatDuration';
import { formatMoment } from './formatMoment';
import type { IconName } from './IconName';
import { middleDigest } from './middleDigest';
import { podsOf } from './podsOf';
import { restartsText } from './restartsText';
import { shortDigest } from './shortDigest';
import type { ViewClock } from './ViewClock';

/** One fact in the panel, with what can be copied of it. */
export type FactRow = {
  name: string;
  parts: { text: string; style?: 'strong' | 'mono' | 'subtle' | 'warn' }[];
  icon?: { name: IconName; text: string };
  /** A second line in monospace, and what the copy button copies. */
  code?: { text: string; copy: string; what: string };
};

/** What runs in an Environment, or ran when it was last seen. */
export function whatRuns(
  environment: EnvironmentDelivery,
  clock: ViewClock,
): { title: string; rows: FactRow[]; messages: string[] } {
  const { observation, workloads } = environment;
  const unseen = observation.state === 'stale' && observation.observedAt;
  const when = unseen ? formatMoment(observation.observedAt ?? '', clock) : '';
  const { ready, desired } = podsOf(workloads);
  return {
    title: unseen ? `What ran at ${when}` : 'What runs',
    rows: [
      ...releaseRows(environment),
      ...chartRows(environment),
      ...(workloads.length > 0
        ? [
            {
              name: 'Pods',
              parts: [
                {
                  text: `${ready} of ${desired} ready${
                    unseen ? ` at ${when}` : ''
                  }`,
                },
                ...restartsOf(environment),
              ],
            },
          ]
        : []),
      ...helmRows(environment),
      ...sinceRows(environment, clock),
    ],
    messages: workloads.flatMap(({ events = [], health, message }) =>
      health === 'healthy'
        ? []
        : [
            ...(message ? [message] : []),
            ...events
              .filter(event => !message?.includes(event.message))
              .map(
                event =>
                  `${event.reason}${
                    event.count > 1 ? ` (${event.count} times)` : ''
                  }: ${event.message}`,
              ),
          ],
    ),
  };
}

function restartsOf(environment: EnvironmentDelivery): FactRow['parts'] {
  const text = restartsText(environment);
  return text === undefined ? [] : [{ text: `, ${text}`, style: 'warn' }];
}

function releaseRows(environment: EnvironmentDelivery): FactRow[] {
  const { release, deployment, workloads } = environment;
  if (!release) {
    const seen = workloads.flatMap(({ images }) => images)[0];
    if (!seen) {
      return [{ name: 'Release', parts: [{ text: 'Nothing runs here yet' }] }];
    }
    return [
      ...(deployment
        ? [
            {
              name: 'Promoted',
              parts: [
                {
                  text: `Release ${deployment.releaseNumber}`,
                  style: 'strong' as const,
                },
              ],
            },
          ]
        : []),
      {
        name: 'Seen',
        parts: [{ text: 'no release of ours', style: 'warn' }],
        code: seen.digest
          ? {
              text: `${seen.tag ?? ''} @ ${shortDigest(seen.digest)}`.trim(),
              copy: seen.digest,
              what: 'digest',
            }
          : undefined,
      },
    ];
  }
  const kind = CHANGE_KINDS[release.change];
  return [
    {
      name: 'Release',
      parts: [{ text: `Release ${release.number}`, style: 'strong' }],
      icon: { name: kind.icon, text: kind.long },
    },
    ...release.images.map(image => ({
      name: 'Image',
      parts: [
        { text: `${lastPart(image.name)} ` },
        { text: image.tag, style: 'mono' as const },
      ],
      code: {
        text: middleDigest(image.digest),
        copy: image.digest,
        what: `digest of ${lastPart(image.name)}`,
      },
    })),
  ];
}

function chartRows(environment: EnvironmentDelivery): FactRow[] {
  const { release } = environment;
  return release
    ? [
        {
          name: 'Chart',
          parts: [
            { text: release.chartVersion },
            { text: ' · values ', style: 'subtle' },
            { text: release.valuesCommit.slice(0, 7), style: 'mono' },
          ],
        },
      ]
    : labelRows(environment);
}

/** What is no release of ours says itself what it is. */
function labelRows({ workloads }: EnvironmentDelivery): FactRow[] {
  const chart = workloads.find(each => each.chart)?.chart;
  const version = workloads.find(each => each.version)?.version;
  return [
    ...(chart ? [{ name: 'Chart', parts: [{ text: chart }] }] : []),
    ...(version ? [{ name: 'Version', parts: [{ text: version }] }] : []),
  ];
}

/** What Helm recorded, where it is read; it says nothing of what runs. */
function helmRows({ helmReleases = [] }: EnvironmentDelivery): FactRow[] {
  return helmReleases.map(({ chart, name, revision, status, version }) => ({
    name: 'Helm',
    parts: [
      { text: `HelmRelease ${name}, revision ${revision}, ` },
      {
        text: status,
        ...(status === 'deployed' ? {} : { style: 'warn' as const }),
      },
      ...(chart && version
        ? [
            {
              text: ` · chart ${chart} ${version}`,
              style: 'subtle' as const,
            },
          ]
        : []),
    ],
  }));
}

function sinceRows(
  { deployment }: EnvironmentDelivery,
  clock: ViewClock,
): FactRow[] {
  if (!deployment) {
    return [];
  }
  const age = formatDuration(clock.now - Date.parse(deployment.at));
  return [
    {
      name: 'Since',
      parts: [
        {
          text: `${formatMoment(deployment.at, clock)} (${age})${
            deployment.kind === 'rollback' ? ', rolled back' : ''
          }`,
        },
      ],
    },
  ];
}

function lastPart(image: string): string {
  return image.slice(image.lastIndexOf('/') + 1);
}
