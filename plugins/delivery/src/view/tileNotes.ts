// SPDX-License-Identifier: Apache-2.0
import type {
  EnvironmentDelivery,
  ServiceDelivery,
} from 'backstage-plugin-delivery-common';
import { counted } from './counted';
import { formatMoment } from './formatMoment';
import type { IconName } from './IconName';
import { listNames } from './listNames';
import { podsOf } from './podsOf';
import { promotionsInto } from './promotionsInto';
import type { Tone } from './Tone';
import type { ViewClock } from './ViewClock';

/** One line below the facts of a tile. */
export type TileNote = {
  icon: IconName;
  tone: Tone;
  /** Drawn bold. */
  lead?: string;
  text?: string;
};

const MOST = 3;

/**
 * The notes of a tile in their fixed order: failure or drift, waiting
 * Promotion, hold, how far behind, verified; at most three. That Gates were
 * overridden for what is here always keeps its place, as the last one.
 */
export function tileNotes(
  service: ServiceDelivery,
  environment: EnvironmentDelivery,
  clock: ViewClock,
): TileNote[] {
  const { attention, inFlight, waiting } = promotionsInto(
    service,
    environment.name,
  );
  const notes: (TileNote | undefined)[] = [
    ...troubleNotes(environment, clock),
    attention && {
      icon: 'warning',
      tone: 'warn',
      lead: `Outcome of Release ${attention.releaseNumber} unknown`,
      text: ` since ${formatMoment(attention.updatedAt, clock)}`,
    },
    ...unseenNotes(environment, clock),
    waiting[0] && {
      icon: 'clock',
      tone: 'warn',
      lead: `Promotion ${waiting[0].number} waits`,
      text: ` since ${formatMoment(waiting[0].createdAt, clock)}`,
    },
    environment.hold && {
      icon: 'lock',
      tone: 'unknown',
      text:
        environment.hold.scope === 'all'
          ? 'Promotions on hold'
          : 'Automatic promotion on hold',
    },
    inFlight ? undefined : behindNote(service, environment),
    verifiedNote(environment, clock),
  ];
  const overridden = overriddenNotes(environment);
  return [
    ...notes
      .filter(note => note !== undefined)
      .slice(0, MOST - overridden.length),
    ...overridden,
  ];
}

function overriddenNotes({ deployment }: EnvironmentDelivery): TileNote[] {
  const overrides = deployment?.overrides ?? [];
  if (overrides.length === 0) {
    return [];
  }
  const people = [...new Set(overrides.map(({ by }) => by))];
  const gates = [...new Set(overrides.flatMap(each => each.gates))];
  return [
    {
      icon: 'lock-open',
      tone: 'override',
      lead: `Overridden by ${listNames(people)}`,
      text: `: ${gates.join(', ')}`,
    },
  ];
}

function troubleNotes(
  { failure, changedOutside, drift }: EnvironmentDelivery,
  clock: ViewClock,
): TileNote[] {
  const notes: TileNote[] = [];
  if (failure) {
    notes.push({
      icon: 'cancel',
      tone: 'bad',
      lead: `Release ${failure.releaseNumber} failed here`,
      text: ` ${formatMoment(failure.at, clock)}`,
    });
  }
  if (changedOutside) {
    notes.push({
      icon: 'compare',
      tone: 'warn',
      lead: 'Changed outside',
      text: ` since ${formatMoment(changedOutside.since, clock)}`,
    });
  } else if (drift) {
    notes.push({
      icon: 'compare',
      tone: 'warn',
      lead: 'Drifted',
      text: `: ${drift.field} ${drift.observed} runs, not promoted from here`,
    });
  }
  return notes;
}

function unseenNotes(
  { observation, health, workloads }: EnvironmentDelivery,
  clock: ViewClock,
): TileNote[] {
  if (observation.state !== 'stale' || !observation.observedAt) {
    return [];
  }
  const { ready, desired } = podsOf(workloads);
  return [
    {
      icon: 'cloud-off',
      tone: 'unknown',
      lead: `Cluster last seen ${formatMoment(observation.observedAt, clock)}`,
    },
    {
      icon: 'info',
      tone: 'unknown',
      text: `Was ${health} then, ${ready} of ${desired} pods`,
    },
  ];
}

function behindNote(
  service: ServiceDelivery,
  { behind, after, release, failure, deployment }: EnvironmentDelivery,
): TileNote | undefined {
  if (failure && deployment?.kind === 'rollback') {
    // It is behind because it went back, which the note about that says.
    return undefined;
  }
  if (behind) {
    return behind.count > 0
      ? {
          icon: 'info',
          tone: 'unknown',
          text: `${counted(behind.count, 'release')} behind ${behind.than}`,
        }
      : { icon: 'check', tone: 'ok', text: `Same release as ${behind.than}` };
  }
  if (after.length > 0 || !release || !service.newest) {
    return undefined;
  }
  return release.id === service.newest.id
    ? { icon: 'info', tone: 'unknown', text: 'Newest release' }
    : {
        icon: 'info',
        tone: 'unknown',
        text: `Release ${service.newest.number} is newer`,
      };
}

function verifiedNote(
  { deployment, failure, release }: EnvironmentDelivery,
  clock: ViewClock,
): TileNote | undefined {
  if (
    !deployment?.verifiedAt ||
    !release ||
    deployment.releaseNumber !== release.number
  ) {
    return undefined;
  }
  const when = formatMoment(deployment.verifiedAt, clock);
  return {
    icon: 'check',
    tone: 'ok',
    text:
      deployment.kind === 'rollback' && failure
        ? `Verified after roll back ${when}`
        : `Verified ${when}`,
  };
}
