// SPDX-License-Identifier: Apache-2.0
import type { Observation, Progress } from 'backstage-plugin-delivery-common';
import type { Execution } from 'backstage-plugin-delivery-node';
import { findAdmittedClaim } from '../database/claims';
import { findObservation } from '../database/observations';
import type { PromotionRecord } from '../domain/PromotionRecord';
import { attempt } from './attempt';
import type { EngineRoom } from './EngineRoom';
import type { LoadedQuestion } from './loadQuestion';
import type { Step } from './Step';
import { toEngineTarget } from './toEngineTarget';

const LOOK_MS = 2_000;

/** How long an Execution may be invisible after its start (replicas of Gate). */
const INVISIBLE_MS = 60_000;

/** Follows the Execution of a Promotion until the engine says how it ended. */
export async function stepRunning(
  room: EngineRoom,
  promotion: PromotionRecord,
  asked: LoadedQuestion,
): Promise<Step> {
  const { engine } = room;
  const now = room.clock.now();
  const at = now.toISOString();
  if (asked.state === 'gone' || !engine || !promotion.execution) {
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
  const { environment, service } = asked.question;
  const asking = await attempt(
    engine.get(promotion.execution, {
      target: toEngineTarget(service, environment),
      signal: AbortSignal.timeout(30_000),
    }),
  );
  if (!asking.ok) {
    return again(
      now,
      `${engine.id} could not be asked: ${asking.error.message}`,
    );
  }
  const execution = asking.value;
  if (!execution) {
    return now.getTime() - Date.parse(promotion.runningSince ?? at) >
      INVISIBLE_MS
      ? {
          input: {
            type: 'unclear',
            at,
            reason: `${engine.id} does not know execution ${promotion.execution.id} any more.`,
          },
        }
      : again(now);
  }
  if (!execution.integrity.intact) {
    return {
      input: {
        type: 'unclear',
        at,
        reason: `Execution ${execution.ref.id} is not what was started: ${execution.integrity.reason}`,
      },
    };
  }
  if (
    promotion.cancelRequested &&
    !promotion.cancelSent &&
    isActive(execution)
  ) {
    await engine.cancel(execution.ref, {
      reason: 'cancelled in the portal',
      signal: AbortSignal.timeout(30_000),
    });
    return { input: { type: 'cancel-sent', at } };
  }
  switch (execution.state) {
    case 'succeeded': {
      const claim = await findAdmittedClaim(room.knex, promotion.id);
      return environment.gated && claim?.executionId !== execution.ref.id
        ? {
            input: {
              type: 'unclear',
              at,
              reason: `Execution ${execution.ref.id} went on without being admitted by its claim.`,
            },
          }
        : { input: { type: 'execution-succeeded', at } };
    }
    case 'failed': {
      const observation = await deployedThere(room, promotion, execution);
      return {
        input: {
          type: 'execution-failed',
          at,
          ...failureOf(execution, observation),
          deployReached: execution.deployReached,
        },
      };
    }
    case 'cancelled':
      return {
        input: {
          type: 'execution-cancelled',
          at,
          message: execution.message ?? 'The execution was cancelled.',
          deployReached: execution.deployReached,
        },
      };
    default: {
      const observation = await deployedThere(room, promotion, execution);
      const progress = progressOf(execution, observation);
      const changed =
        JSON.stringify(progress) !== JSON.stringify(promotion.progress) ||
        (execution.deployReached && !promotion.deployReached);
      return changed
        ? {
            input: {
              type: 'progress',
              at,
              progress,
              deployReached: execution.deployReached,
            },
            ...again(now),
          }
        : again(now);
    }
  }
}

/** What is seen where the Execution deploys, once it does. */
async function deployedThere(
  { knex }: EngineRoom,
  { environment, service }: PromotionRecord,
  { deployReached }: Execution,
): Promise<Observation | undefined> {
  return deployReached
    ? findObservation(knex, { service, environment })
    : undefined;
}

function isActive(execution: Execution): boolean {
  return execution.state === 'queued' || execution.state === 'running';
}

function progressOf(
  execution: Execution,
  observation: Observation | undefined,
): Progress {
  const step = execution.steps.find(one => one.state === 'running');
  const workloads = observation?.workloads;
  return {
    step: (step?.name ?? 'queued').slice(0, 120),
    ...(step?.message ? { message: step.message.slice(0, 600) } : {}),
    ...(workloads && workloads.length > 0
      ? {
          ready: sum(workloads.map(one => one.updated ?? one.ready)),
          desired: sum(workloads.map(one => one.desired)),
        }
      : {}),
  };
}

/** The controller tells more than the engine; without it the engine's own words. */
function failureOf(
  execution: Execution,
  observation: Observation | undefined,
): { message: string; saidBy?: string } {
  const controller = observation?.workloads.find(
    one => one.health === 'unhealthy',
  )?.message;
  return controller
    ? { message: controller, saidBy: 'Kubernetes' }
    : {
        message: (
          execution.message ?? 'The execution failed without a message.'
        ).slice(0, 1000),
      };
}

function again(
  now: Date,
  waitsFor?: string,
): Extract<Step, { waitsFor?: string }> {
  return { nextCheck: new Date(now.getTime() + LOOK_MS), waitsFor };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
