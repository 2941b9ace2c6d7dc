// SPDX-License-Identifier: Apache-2.0
import type {
  ChangedOutside,
  GateVerdict,
  Hold,
  Observation,
  PromotionKind,
  SourceState,
} from 'backstage-plugin-delivery-common';
import type { EngineBinding } from 'backstage-plugin-delivery-node';

/** What the rules that no configuration can leave out look at. */
export type StandingFacts = {
  now: Date;
  environment: string;
  kind: PromotionKind;
  binding: EngineBinding | { state: 'unknown'; reason: string };
  observation?: Observation;
  source?: SourceState;
  outside?: Pick<ChangedOutside, 'reason' | 'since'>;
  hold?: Hold;
  scheduledFor?: string;
};

/**
 * The rules before every Environment that no configuration can leave out: both
 * sides are bound, the Environment can be seen, nothing came in from outside,
 * and automatic Promotions are not on hold.
 */
export function standingVerdicts(facts: StandingFacts): GateVerdict[] {
  return [
    bound(facts),
    seen(facts),
    ...untouched(facts),
    ...notOnHold(facts),
    ...due(facts),
  ];
}

function bound({ binding, environment }: StandingFacts): GateVerdict {
  const gate = { gate: 'binding', type: 'binding', title: 'Wiring' };
  switch (binding.state) {
    case 'bound':
      return binding.altered
        ? {
            ...gate,
            status: 'fail',
            reason: `The Spinnaker pipeline into ${environment} was changed: ${binding.altered}`,
          }
        : {
            ...gate,
            status: 'pass',
            reason: `The Spinnaker pipeline into ${environment} is the one that was made for this service.`,
          };
    case 'unknown':
      return { ...gate, status: 'unknown', reason: binding.reason };
    default:
      return { ...gate, status: 'fail', reason: binding.reason };
  }
}

function seen({
  environment,
  observation,
  source,
}: StandingFacts): GateVerdict {
  const gate = { gate: 'seen', type: 'seen', title: 'Environment seen' };
  if (observation?.refused) {
    return { ...gate, status: 'fail', reason: observation.refused };
  }
  if (!source || source.state === 'syncing') {
    return {
      ...gate,
      status: 'unknown',
      reason: `${environment} has not been seen yet.`,
    };
  }
  if (source.state === 'stale') {
    return {
      ...gate,
      status: 'unknown',
      reason: `${environment} cannot be seen: ${source.id} is unreachable${
        source.since ? ` since ${source.since}` : ''
      }${
        source.reason ? ` (${source.reason})` : ''
      }. It starts once the cluster answers again.`,
    };
  }
  return {
    ...gate,
    status: 'pass',
    reason: `${environment} is seen live in ${source.id}.`,
  };
}

function untouched({ outside, environment }: StandingFacts): GateVerdict[] {
  return outside
    ? [
        {
          gate: 'outside',
          type: 'outside',
          title: 'Changed outside',
          status: 'wait',
          reason: `${environment} was changed outside: ${outside.reason} Somebody must look at it and say so.`,
        },
      ]
    : [];
}

function notOnHold({ hold, kind }: StandingFacts): GateVerdict[] {
  const held =
    kind === 'automatic' || (hold?.scope === 'all' && kind !== 'rollback');
  return hold && held
    ? [
        {
          gate: 'hold',
          type: 'hold',
          title: 'Hold',
          status: 'wait',
          reason: `${
            hold.scope === 'all' ? 'Promotion' : 'Automatic promotion'
          } is on hold: ${hold.reason} A person must lift the hold.`,
        },
      ]
    : [];
}

function due({ scheduledFor, now }: StandingFacts): GateVerdict[] {
  return scheduledFor && Date.parse(scheduledFor) > now.getTime()
    ? [
        {
          gate: 'schedule',
          type: 'schedule',
          title: 'Schedule',
          status: 'wait',
          reason: `It was asked for ${scheduledFor}.`,
          earliest: scheduledFor,
        },
      ]
    : [];
}
