// SPDX-License-Identifier: Apache-2.0
import type {
  EnvironmentDelivery,
  ListedRelease,
  ServiceDelivery,
} from 'backstage-plugin-delivery-common';
import { CHANGE_KINDS } from './CHANGE_KINDS';
import { formatDay } from './formatDay';
import { formatWhen } from './formatWhen';
import { healthOf } from './healthOf';
import type { IconName } from './IconName';
import { personName } from './personName';
import { promotionsInto } from './promotionsInto';
import type { Tone } from './Tone';
import type { ViewClock } from './ViewClock';

/** What became of one Release in one Environment. */
export type MatrixCell =
  | { kind: 'chip'; label: string; tone: Tone; icon: IconName }
  | { kind: 'past'; label: string; icon: IconName; tone: Tone }
  | { kind: 'none'; label: string };

/** One Release across all Environments. */
export type MatrixRow = {
  id: string;
  number: number;
  tag: string;
  change: { icon: IconName; label: string };
  built: { text: string; at: string };
  /** Who marked it as bad and why. */
  marked?: string;
  cells: (MatrixCell & { environment: string })[];
};

/** Releases by Environments, newest Release first. */
export function releaseMatrix(
  service: ServiceDelivery,
  releases: readonly ListedRelease[],
  clock: ViewClock,
): MatrixRow[] {
  return [...releases]
    .sort((a, b) => b.number - a.number)
    .map(release => ({
      id: release.id,
      number: release.number,
      tag: release.images[0]?.tag ?? release.chart.version,
      change: {
        icon: CHANGE_KINDS[release.change.kind].icon,
        label: CHANGE_KINDS[release.change.kind].short,
      },
      built: { text: formatWhen(release.builtAt, clock), at: release.builtAt },
      ...(release.markedBad
        ? {
            marked: `by ${personName(release.markedBad.by)}: ${
              release.markedBad.reason
            }`,
          }
        : {}),
      cells: service.environments.map(environment => ({
        environment: environment.name,
        ...cellOf({ service, environment, release, clock }),
      })),
    }));
}

function cellOf(options: {
  service: ServiceDelivery;
  environment: EnvironmentDelivery;
  release: ListedRelease;
  clock: ViewClock;
}): MatrixCell {
  const { service, environment, release, clock } = options;
  const { attention, inFlight } = promotionsInto(service, environment.name);
  if (attention?.releaseId === release.id) {
    return { kind: 'chip', label: 'Unknown', tone: 'warn', icon: 'warning' };
  }
  if (inFlight?.releaseId === release.id) {
    return { kind: 'chip', label: inFlight.phase, tone: 'run', icon: 'sync' };
  }
  if (environment.release?.id === release.id) {
    return runsHere(service, environment);
  }
  if (
    !environment.release &&
    environment.deployment?.releaseNumber === release.number &&
    (environment.drift || environment.changedOutside)
  ) {
    return { kind: 'chip', label: 'Drifted', tone: 'warn', icon: 'compare' };
  }
  return pastOf({ environment, release, clock });
}

function runsHere(
  service: ServiceDelivery,
  environment: EnvironmentDelivery,
): MatrixCell {
  const { label, tone, icon } = healthOf(service, environment);
  const calm = tone === 'ok' || tone === 'run' || label === 'Needs attention';
  return calm
    ? { kind: 'chip', label: 'Runs here', tone: 'ok', icon: 'check' }
    : {
        kind: 'chip',
        label: label === 'Unreachable' ? 'Ran here' : label,
        tone,
        icon,
      };
}

function pastOf(options: {
  environment: EnvironmentDelivery;
  release: ListedRelease;
  clock: ViewClock;
}): MatrixCell {
  const { environment, release, clock } = options;
  const { failure, rollback } = environment;
  const recorded = release.environments?.find(
    each => each.name === environment.name,
  );
  const verifiedAt =
    recorded?.outcome === 'verified'
      ? recorded.at
      : rollback.targets.find(target => target.releaseId === release.id)
          ?.verifiedAt;
  if (
    recorded?.outcome === 'failed' ||
    (!recorded && failure?.releaseNumber === release.number)
  ) {
    const at = recorded?.at ?? failure?.at ?? '';
    return {
      kind: 'past',
      label: `Failed ${formatDay(at, clock)}`,
      icon: 'cancel',
      tone: 'bad',
    };
  }
  if (verifiedAt) {
    return {
      kind: 'past',
      label: `Verified ${formatDay(verifiedAt, clock)}`,
      icon: 'check',
      tone: 'unknown',
    };
  }
  if (recorded) {
    return {
      kind: 'past',
      label: `Was here ${formatDay(recorded.at, clock)}`,
      icon: 'dash',
      tone: 'unknown',
    };
  }
  const reached =
    environment.release?.number ?? environment.deployment?.releaseNumber ?? 0;
  if (release.number > reached) {
    return { kind: 'none', label: 'Not deployed' };
  }
  return {
    kind: 'none',
    label: release.environments ? 'Skipped' : 'No record',
  };
}
