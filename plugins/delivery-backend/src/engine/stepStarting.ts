// SPDX-License-Identifier: Apache-2.0
import {
  digestOf,
  type Execution,
  type ExecutionKey,
  type StartParameters,
} from 'backstage-plugin-delivery-node';
import {
  chartHandOver,
  type ExecutionRef,
} from 'backstage-plugin-delivery-common';
import type { PromotionRecord } from '../domain/PromotionRecord';
import type { DecisionQuestion } from '../services/DecisionService';
import { attempt } from './attempt';
import type { EngineRoom } from './EngineRoom';
import type { LoadedQuestion } from './loadQuestion';
import { lookForWebhook } from './lookForWebhook';
import { readChartPackage } from './readChartPackage';
import type { Step } from './Step';
import { toEngineTarget } from './toEngineTarget';

/** When an outcome that is not known is looked for, after the call; seconds. */
const LOOKS_S = [5, 15, 45, 120];

/** The clocks of Gate and portal may differ; nothing older is taken for ours. */
const SKEW_MS = 60_000;

/** When an Execution is looked at that was just started. */
const FIRST_LOOK_MS = 2_000;

/** The engine's answer is not waited for longer than Gate itself takes to fail. */
const CALL_MS = 130_000;

/**
 * Starts the Execution of an admitted Promotion exactly once.
 *
 * @remarks
 * Look before leap: what exists under the correlationId is adopted. The call is
 * written down in a transaction of its own right before it is made, so after a
 * crash it is known whether one may have been made. After a call of unknown
 * outcome only looks follow; a second attempt comes after the quarantine, and
 * only where the claim lets at most one Execution through.
 */
export async function stepStarting(
  room: EngineRoom,
  promotion: PromotionRecord,
  asked: LoadedQuestion,
  call: (promotion: PromotionRecord) => Promise<PromotionRecord>,
): Promise<Step> {
  const { engine } = room;
  const { correlationId, intent } = promotion;
  const now = room.clock.now();
  const at = now.toISOString();
  if (asked.state === 'gone' || !engine || !intent || !correlationId) {
    return {
      input: {
        type: 'unclear',
        at,
        reason:
          asked.state === 'gone'
            ? asked.reason
            : 'No CD engine is installed any more.',
      },
    };
  }
  const { question } = asked;
  const target = toEngineTarget(question.service, question.environment);
  const since = new Date(Date.parse(intent.at) - SKEW_MS);
  const looked = await attempt(
    engine.find(
      { kind: 'correlation', target, correlationId, since },
      { signal: AbortSignal.timeout(30_000) },
    ),
  );
  if (!looked.ok) {
    return soon(
      now,
      5,
      `${engine.id} could not be asked: ${looked.error.message}`,
    );
  }
  const found = looked.value;
  if (found.length > 0) {
    await cancelSurplus(room, found.slice(1));
    return adopt(found[0], at, intent.callAt !== undefined);
  }
  if (intent.callAt) {
    return whileUnknown(room, promotion, question, Date.parse(intent.callAt));
  }
  if (promotion.kind === 'automatic') {
    const webhook = await attempt(lookForWebhook(room, question));
    if (!webhook.ok) {
      // Not to know of one is no reason to start another.
      return soon(
        now,
        5,
        `${engine.id} could not be asked: ${webhook.error.message}`,
      );
    }
    const { newer, own } = webhook.value;
    if (own) {
      return adopt(own, at, true);
    }
    if (newer) {
      return {
        input: {
          type: 'overtaken',
          at,
          reason: `Release ${newer} came to ${question.environment.name} before Release ${question.release.number} was started.`,
        },
      };
    }
    const patience =
      Math.max(Date.parse(intent.at), Date.parse(question.release.builtAt)) +
      room.config.timing.adoptionGrace;
    if (
      now.getTime() < patience &&
      question.environment.entry === 'automatic'
    ) {
      return soon(
        now,
        2,
        'Waiting for the execution that the chart job starts',
      );
    }
  }
  const parameters = await startParameters(room, promotion, question);
  if ('refused' in parameters) {
    return { input: { type: 'start-refused', at, reason: parameters.refused } };
  }
  if ('unknown' in parameters) {
    return soon(now, 10, parameters.unknown);
  }
  const calling = await call(promotion);
  if (calling === promotion) {
    return soon(now, 1);
  }
  const outcome = await engine.start(
    {
      target,
      pipelineId: intent.pipelineId,
      correlationId,
      parameters: parameters.ready,
    },
    { signal: AbortSignal.timeout(CALL_MS) },
  );
  const answeredAt = room.clock.now().toISOString();
  switch (outcome.state) {
    case 'accepted':
      return {
        input: {
          type: 'execution-found',
          at: answeredAt,
          execution: question.environment.gated
            ? outcome.ref
            : await onlyOne(
                room,
                { target, correlationId, since },
                outcome.ref,
              ),
          adopted: false,
        },
        // Its first stage has yet to ask; there is nothing to see before.
        nextCheck: new Date(Date.parse(answeredAt) + FIRST_LOOK_MS),
      };
    case 'refused':
      return {
        input: {
          type: 'start-refused',
          at: answeredAt,
          reason: outcome.reason,
        },
      };
    default:
      return {
        input: { type: 'call-unknown', at: answeredAt, reason: outcome.reason },
      };
  }
}

function whileUnknown(
  room: EngineRoom,
  promotion: PromotionRecord,
  { environment }: DecisionQuestion,
  callAt: number,
): Step {
  const now = room.clock.now();
  const at = now.toISOString();
  const age = now.getTime() - callAt;
  if (age < room.config.timing.quarantine) {
    const look = LOOKS_S.map(seconds => callAt + seconds * 1_000).find(
      time => time > now.getTime(),
    );
    return {
      nextCheck: new Date(look ?? callAt + room.config.timing.quarantine),
      waitsFor: `${
        promotion.intent?.unknown ?? 'The engine was asked to start.'
      } Looking whether it did.`,
    };
  }
  if (
    environment.gated &&
    promotion.attempt < 2 &&
    !promotion.cancelRequested
  ) {
    return { input: { type: 'start-again', at } };
  }
  return {
    input: {
      type: 'unclear',
      at,
      reason: `It is not known whether execution ${
        promotion.correlationId
      } was started: ${
        promotion.intent?.unknown ??
        'the engine was asked and nothing was found'
      }`,
    },
  };
}

async function startParameters(
  room: EngineRoom,
  promotion: PromotionRecord,
  { environment, release, service }: DecisionQuestion,
): Promise<
  { ready: StartParameters } | { refused: string } | { unknown: string }
> {
  const file = `values-${environment.name}.yaml`;
  const expected = release.values.files[environment.name];
  if (!expected) {
    return {
      refused: `Release ${release.number} has no ${file}: add it to the chart repository and build again.`,
    };
  }
  const read = await attempt(
    room.charts.read({ service, file, commit: release.values.commit }),
  );
  if (!read.ok) {
    const final = ['NotFoundError', 'NotAllowedError'].includes(
      read.error.name,
    );
    const reason = `${file} of Release ${release.number} could not be read: ${read.error.message}`;
    return final ? { refused: reason } : { unknown: reason };
  }
  const values = read.value;
  const valuesDigest = digestOf(new Uint8Array(values));
  if (valuesDigest !== expected) {
    return {
      refused: `${file} at commit ${release.values.commit.slice(
        0,
        7,
      )} is not what Release ${release.number} was built with.`,
    };
  }
  const parameters = {
    promotionId: promotion.id,
    chartVersion: release.chart.version,
    valuesBase64: values.toString('base64'),
    valuesDigest,
    fingerprint: promotion.subject,
  };
  if (chartHandOver(service.annotations) === 'registry') {
    return { ready: parameters };
  }
  const chart = await readChartPackage(room, { release, service });
  return 'ready' in chart
    ? { ready: { ...parameters, chartBase64: chart.ready.toString('base64') } }
    : chart;
}

/**
 * Where no claim keeps a second Execution from deploying, one that the engine
 * made of the same request is cancelled while it still waits for the first.
 */
async function onlyOne(
  room: EngineRoom,
  key: Omit<Extract<ExecutionKey, { kind: 'correlation' }>, 'kind'>,
  accepted: ExecutionRef,
): Promise<ExecutionRef> {
  const made = await attempt(
    room.engine?.find(
      { kind: 'correlation', ...key },
      { signal: AbortSignal.timeout(30_000) },
    ) ?? Promise.resolve([]),
  );
  const [first, ...surplus] = made.ok ? made.value : [];
  await attempt(cancelSurplus(room, surplus));
  return first?.ref ?? accepted;
}

async function cancelSurplus(
  room: EngineRoom,
  surplus: readonly Execution[],
): Promise<void> {
  for (const execution of surplus) {
    if (execution.state === 'queued' || execution.state === 'running') {
      await room.engine?.cancel(execution.ref, {
        reason: 'a duplicate of an execution that delivery adopted',
        signal: AbortSignal.timeout(30_000),
      });
    }
  }
}

function adopt(execution: Execution, at: string, adopted: boolean): Step {
  return {
    input: { type: 'execution-found', at, execution: execution.ref, adopted },
  };
}

function soon(now: Date, seconds: number, waitsFor?: string): Step {
  return { nextCheck: new Date(now.getTime() + seconds * 1_000), waitsFor };
}
