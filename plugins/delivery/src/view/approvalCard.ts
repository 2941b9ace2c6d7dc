// SPDX-License-Identifier: Apache-2.0
import {
  isFinal,
  type ApprovalRequest,
} from 'backstage-plugin-delivery-common';
import { CHANGE_KINDS } from './CHANGE_KINDS';
import { counted } from './counted';
import { endsIn } from './endsIn';
import { evidenceCards, type EvidenceCard } from './evidenceCards';
import { formatWhen } from './formatWhen';
import { gateList, type GateListView } from './gateList';
import type { IconName } from './IconName';
import { listNames } from './listNames';
import type { Looks } from './Looks';
import { notCountedSentence } from './notCountedSentence';
import { personName } from './personName';
import { PHASES } from './PHASES';
import { standingApproval } from './standingApproval';
import { slotRows, type SlotRow } from './slotRows';
import type { ViewClock } from './ViewClock';

/** One request for approval, with all that is needed to decide. */
export type ApprovalCardView = {
  title: string;
  change: { icon: IconName; text: string };
  ends: string;
  phase?: Looks;
  quote: string;
  ticket?: string;
  commits: string;
  evidence: EvidenceCard[];
  gates?: GateListView;
  slots: SlotRow[];
  /** Whether approving counts; if not, why and who else can. */
  approve: { label: string; blocked: boolean; lead?: string; rest: string };
  /** Rejecting stays possible for everybody it waits for. */
  reject: { label: string; act: string; possible: boolean };
  /** The reader's own approval stands, and can be withdrawn. */
  given: boolean;
  /** Whether anything can still be decided. */
  open: boolean;
};

/** How one request for approval is shown. */
export function approvalCard(
  request: ApprovalRequest,
  clock: ViewClock,
  me?: string,
): ApprovalCardView {
  const { release, releaseNumber, environment, mayApprove, phase } = request;
  const asked = request.requestedBy
    ? `asked by ${personName(request.requestedBy)}`
    : 'asked by itself';
  const from = request.from ? ` · from ${request.from}` : '';
  return {
    title: `Release ${releaseNumber} to ${environment}`,
    change: {
      icon: CHANGE_KINDS[release.change.kind].icon,
      text: `${CHANGE_KINDS[release.change.kind].long}${from} · ${asked}`,
    },
    ends: isFinal(phase)
      ? `${PHASES[phase].label} ${formatWhen(request.updatedAt, clock)}`
      : endsIn(request.expiresAt, clock),
    ...(phase === 'waiting' ? {} : { phase: PHASES[phase] }),
    quote: request.reason,
    ticket: request.ticket,
    commits: commitsText(request),
    evidence: evidenceCards(release),
    ...(request.decision
      ? { gates: gateList(request.decision, clock, request.overrides) }
      : {}),
    slots: slotRows(request.slots, request.approvals, clock),
    approve: {
      label: `Approve release ${releaseNumber}`,
      ...(mayApprove.allowed
        ? { blocked: false, rest: boundTo(request) }
        : { blocked: true, ...notYours(request) }),
    },
    reject: {
      label: 'Reject…',
      act: `Reject release ${releaseNumber}`,
      possible: mayApprove.allowed || request.waitsForMe,
    },
    given: standingApproval(request.approvals, me) !== undefined,
    open: phase === 'waiting',
  };
}

function commitsText({ release }: ApprovalRequest): string {
  const { commits } = release.change;
  const authors = [...new Set(commits.map(({ author }) => author.name))];
  return commits.length === 0
    ? 'none named by the build'
    : `${counted(commits.length, 'commit')} by ${listNames(authors)}`;
}

function boundTo({
  environment,
  replaces,
  notCounted,
}: ApprovalRequest): string {
  const now = replaces ? ` (Release ${replaces})` : '';
  return `Your approval is for this release and what ${environment} runs now${now}. If one changes, you are asked again. ${notCountedSentence(
    notCounted,
  )}`.trim();
}

const NOT_COUNTED = /^Your approval does not count: /;

function notYours({ mayApprove, slots }: ApprovalRequest): {
  lead: string;
  rest: string;
} {
  if (mayApprove.allowed) {
    throw new TypeError('Their approval counts');
  }
  const others =
    mayApprove.who ??
    slots
      .filter(({ filledBy }) => filledBy === undefined)
      .flatMap(({ eligible }) => eligible);
  const who = [...new Set(others)];
  const whoElse =
    who.length > 0 && !/ may\.$/.test(mayApprove.reason)
      ? `${listNames(who, 'or')} can approve.`
      : '';
  return NOT_COUNTED.test(mayApprove.reason)
    ? {
        lead: 'Your approval does not count:',
        rest: `${mayApprove.reason.replace(NOT_COUNTED, '')} ${whoElse}`.trim(),
      }
    : { lead: mayApprove.reason, rest: whoElse };
}
