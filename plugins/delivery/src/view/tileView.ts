// SPDX-License-Identifier: Apache-2.0
import type {
  EnvironmentDelivery,
  ReleaseSummary,
  ServiceDelivery,
} from 'backstage-plugin-delivery-common';
import { CHANGE_KINDS } from './CHANGE_KINDS';
import { formatWhen } from './formatWhen';
import { healthOf } from './healthOf';
import type { IconName } from './IconName';
import type { Looks } from './Looks';
import { lastWarning } from './lastWarning';
import { mainButton } from './mainButton';
import { personName } from './personName';
import { promoteButton, type PromoteButtonView } from './promoteButton';
import { promotionsInto } from './promotionsInto';
import { restartsText } from './restartsText';
import { shortDigest } from './shortDigest';
import { tileNotes, type TileNote } from './tileNotes';
import type { Tone } from './Tone';
import type { ViewClock } from './ViewClock';

/** Everything one tile of the path says. */
export type TileView = {
  name: string;
  health: Looks;
  bar: Tone;
  /** The cluster does not answer: drawn dashed. */
  unseen: boolean;
  title: string;
  change?: { icon: IconName; label: string };
  /** The number of the Release that comes. */
  becomes?: number;
  image?: { tag: string; digest: string };
  versions?: { chart: string; values: string };
  who?: { text: string; at: string };
  /** How often what is not well was restarted. */
  restarts?: string;
  /** What the cluster warned of last about it, unedited, and when. */
  warning?: { text: string; when: string; at: string };
  progress?: { ready?: number; desired?: number; label: string; text: string };
  notes: TileNote[];
  button?: PromoteButtonView;
  /** Every target, when there is more than one. */
  targets: PromoteButtonView[];
};

/** What one Environment's tile shows. */
export function tileView(
  service: ServiceDelivery,
  environment: EnvironmentDelivery,
  clock: ViewClock,
): TileView {
  const health = healthOf(service, environment);
  const { inFlight } = promotionsInto(service, environment.name);
  const buttons = service.doors
    .filter(door => door.from === environment.name)
    .map(door => promoteButton(service, door, clock));
  const { release } = environment;
  return {
    name: environment.name,
    health,
    bar: inFlight ? 'run' : health.tone,
    unseen: environment.observation.state === 'stale',
    title: titleOf(environment),
    ...(release
      ? {
          change: {
            icon: CHANGE_KINDS[release.change].icon,
            label: CHANGE_KINDS[release.change].long,
          },
          versions: {
            chart: release.chartVersion,
            values: release.valuesCommit.slice(0, 7),
          },
        }
      : {}),
    image: imageOf(environment, release),
    who: whoOf(environment, clock),
    restarts: restartsText(environment),
    warning: warningOf(environment, clock),
    ...(inFlight
      ? {
          becomes: inFlight.releaseNumber,
          progress: {
            ready: inFlight.progress?.ready,
            desired: inFlight.progress?.desired,
            label: `Pods on release ${inFlight.releaseNumber}`,
            text: progressText(inFlight),
          },
        }
      : {}),
    notes: tileNotes(service, environment, clock),
    button: mainButton(buttons),
    targets: buttons.length > 1 ? buttons : [],
  };
}

function titleOf({ release, deployment, health }: EnvironmentDelivery): string {
  if (release) {
    return `Release ${release.number}`;
  }
  if (health === 'missing' || !deployment) {
    return 'No release yet';
  }
  return 'No release of ours';
}

function imageOf(
  { workloads }: EnvironmentDelivery,
  release: ReleaseSummary | undefined,
): TileView['image'] {
  const image = release?.images[0] ?? workloads[0]?.images[0];
  if (!image) {
    return undefined;
  }
  return {
    tag: image.tag ?? image.name,
    digest: image.digest ? shortDigest(image.digest) : 'no digest',
  };
}

function whoOf(
  { deployment }: EnvironmentDelivery,
  clock: ViewClock,
): TileView['who'] {
  if (!deployment) {
    return undefined;
  }
  const when = formatWhen(deployment.at, clock);
  const by = deployment.by ? personName(deployment.by) : undefined;
  if (deployment.kind === 'rollback') {
    return {
      text: by ? `rolled back by ${by}, ${when}` : `rolled back ${when}`,
      at: deployment.at,
    };
  }
  return {
    text: by ? `by ${by}, ${when}` : `by itself, ${when}`,
    at: deployment.at,
  };
}

function warningOf(
  environment: EnvironmentDelivery,
  clock: ViewClock,
): TileView['warning'] {
  const warning = lastWarning(environment);
  return (
    warning && {
      text: `${warning.reason}: ${warning.message}`,
      when: formatWhen(warning.at, clock),
      at: warning.at,
    }
  );
}

function progressText({
  phase,
  progress,
  releaseNumber,
}: {
  phase: string;
  progress?: { step: string; ready?: number; desired?: number };
  releaseNumber: number;
}): string {
  if (progress?.ready !== undefined && progress.desired !== undefined) {
    return `${phase}: ${progress.ready} of ${progress.desired} pods on Release ${releaseNumber}`;
  }
  return progress ? `${phase}: ${progress.step}` : phase;
}
