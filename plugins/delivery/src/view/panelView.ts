// SPDX-License-Identifier: Apache-2.0
import type {
  Door,
  EnvironmentDelivery,
  Link,
  OpenPromotion,
  Override,
  ServiceDelivery,
} from 'backstage-plugin-delivery-common';
import { breakGlass, type BreakGlass } from './breakGlass';
import { counted } from './counted';
import { formatEarliest } from './formatEarliest';
import { gateList, type GateListView } from './gateList';
import { healthOf } from './healthOf';
import { holdText } from './holdText';
import { listNames } from './listNames';
import type { Looks } from './Looks';
import { notCountedSentence } from './notCountedSentence';
import { promoteButton, type PromoteButtonView } from './promoteButton';
import { promotionsInto } from './promotionsInto';
import { rollbackAction, type RollbackAction } from './rollbackAction';
import { slotRows, type SlotRow } from './slotRows';
import type { ViewClock } from './ViewClock';
import { whatRuns, type FactRow } from './whatRuns';

/** What the panel beside the path says of the selected Environment. */
export type PanelView = {
  name: string;
  place: string;
  health: Looks;
  runs: { title: string; rows: FactRow[]; messages: string[] };
  ships?: {
    title: string;
    release?: string;
    text: string;
    commits: Door['ships']['commits'];
    more?: string;
  };
  gates: { title: string; list?: GateListView; text?: string };
  approvals?: {
    text?: string;
    rows: SlotRow[];
    notes: string[];
    /** Whether the reader can decide on it now. */
    decide: boolean;
  };
  links: Link[];
  rollback: RollbackAction;
  /** What is on hold, and whether even more could be. */
  hold?: { text: string; all: boolean };
  /** Break glass; absent where no door leads in. */
  breakGlass?: BreakGlass;
  /** Overrides of the open Promotion whose review somebody else must close. */
  reviews: Override[];
  /** By what the Deployment that stands here came in although Gates did not pass. */
  overrides: Override[];
  /** The door through which a blocked Promotion could be asked for already. */
  whenPossible?: PromoteButtonView;
};

/** The panel of one Environment. */
export function panelView(
  service: ServiceDelivery,
  environment: EnvironmentDelivery,
  clock: ViewClock,
): PanelView {
  const { name } = environment;
  const into = promotionsInto(service, name);
  const doors = service.doors.filter(door => door.to === name);
  const door = doors.find(each => !each.alreadyThere) ?? doors[0];
  const open = into.attention ?? into.inFlight ?? into.waiting[0];
  return {
    name,
    place: `Cluster ${environment.cluster}, namespace ${environment.namespace}`,
    health: healthOf(service, environment),
    runs: whatRuns(environment, clock),
    ...(door ? { ships: shipsOf(door) } : {}),
    gates: gatesOf({ environment, door, open, clock }),
    ...(door ? { approvals: approvalsOf(door, open, clock) } : {}),
    links: linksOf(service, environment, open),
    rollback: rollbackAction(service, environment),
    ...(environment.hold
      ? {
          hold: {
            text: holdText(environment.hold, clock),
            all: environment.hold.scope === 'all',
          },
        }
      : {}),
    ...(door ? { breakGlass: breakGlass(name, into.waiting[0]) } : {}),
    reviews: (open?.overrides ?? []).filter(({ review }) => !review),
    overrides: environment.deployment?.overrides ?? [],
    whenPossible: doors
      .map(each => promoteButton(service, each, clock))
      .find(button => button.canWait),
  };
}

function shipsOf(door: Door): NonNullable<PanelView['ships']> {
  const title = `What ships from ${door.from}`;
  const { releases, commits, commitCount } = door.ships;
  if (!door.candidate) {
    return {
      title,
      text: `No release is verified in ${door.from} yet.`,
      commits: [],
    };
  }
  if (door.alreadyThere) {
    return {
      title,
      release: `Release ${door.candidate.number}`,
      text: ` is in ${door.from} and in ${door.to}. Nothing newer to promote.`,
      commits: [],
    };
  }
  return {
    title,
    release: `Release ${door.candidate.number}`,
    text: ` in ${door.from} is ${counted(releases, 'release')} ahead: ${counted(
      commitCount,
      'commit',
    )}.`,
    commits,
    ...(commitCount > commits.length
      ? { more: `and ${commitCount - commits.length} more` }
      : {}),
  };
}

function gatesOf(options: {
  environment: EnvironmentDelivery;
  door: Door | undefined;
  open: OpenPromotion | undefined;
  clock: ViewClock;
}): PanelView['gates'] {
  const { environment, door, open, clock } = options;
  const started = open && open.phase !== 'waiting' && open.decision;
  if (started) {
    return {
      title: 'Gates at the start',
      list: gateList(started, clock, open.overrides),
    };
  }
  const title = `Gates into ${environment.name}`;
  const decision = open?.decision ?? door?.decision;
  if (decision && decision.verdicts.length > 0) {
    return { title, list: gateList(decision, clock, open?.overrides) };
  }
  if (decision) {
    return { title, text: 'No gate is asked.' };
  }
  if (!door) {
    return {
      title,
      text:
        environment.entry === 'automatic'
          ? 'New releases enter by themselves; no gate is asked.'
          : 'Releases enter when someone asks; nothing is on its way.',
    };
  }
  return {
    title,
    text: door.alreadyThere
      ? 'They are judged when there is something newer to promote.'
      : 'They are judged as soon as there is a release to promote.',
  };
}

function approvalsOf(
  door: Door,
  open: OpenPromotion | undefined,
  clock: ViewClock,
): NonNullable<PanelView['approvals']> {
  const slots = open ? open.slots : door.slots;
  const notCounted = open ? open.notCounted : door.notCounted;
  const waits = open?.phase === 'waiting';
  const who =
    !door.may.allowed && door.may.who ? listNames(door.may.who, 'or') : '';
  const notes = [
    notCountedSentence(notCounted),
    waits ? `Approvals end ${formatEarliest(open.expiresAt, clock)}.` : '',
  ].filter(note => note !== '');
  return {
    ...(slots.length === 0
      ? {
          text: `No approval is asked for ${door.to}.${
            who ? ` Members of ${who} may promote.` : ''
          }`,
        }
      : {}),
    rows: slotRows(slots, open?.approvals ?? [], clock),
    notes: slots.length > 0 ? notes : [],
    decide: waits === true && open.mayApprove.allowed && slots.length > 0,
  };
}

function linksOf(
  service: ServiceDelivery,
  { name, release }: EnvironmentDelivery,
  open: OpenPromotion | undefined,
): Link[] {
  const execution = open?.execution?.url;
  const build = release?.build;
  return [
    ...(execution ? [{ title: 'Spinnaker execution', url: execution }] : []),
    ...(build?.url
      ? [{ title: `Jenkins build #${build.number}`, url: build.url }]
      : []),
    ...service.links.filter(
      link => link.environment === undefined || link.environment === name,
    ),
  ].filter(
    (link, index, all) =>
      all.findIndex(other => other.title === link.title) === index,
  );
}
