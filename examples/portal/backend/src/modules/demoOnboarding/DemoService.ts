// SPDX-License-Identifier: Apache-2.0
import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  isFinal,
  type Promotion,
  type ServiceDelivery,
} from 'backstage-plugin-delivery-common';
import type { DemoPerson } from './DemoPerson';
import type { Diary } from './Diary';
import { isAnswer } from './isAnswer';
import { scaffoldService } from './scaffoldService';
import type { SimulatorRemote } from './SimulatorRemote';
import { until } from './until';

/** What one service of the demo needs to be brought to life. */
export interface DemoServiceOptions {
  name: string;
  description: string;
  organisation: string;
  /** Where the repositories are made. */
  sourceHost: string;
  /** Who creates the service and asks for its promotions. */
  developer: DemoPerson;
  diary: Diary;
  logger: LoggerService;
  simulator: SimulatorRemote;
  signal: AbortSignal;
}

/** One service of the demo, brought forward step by step, each step once. */
export class DemoService {
  readonly #options: DemoServiceOptions;
  readonly #ref: string;

  constructor(options: DemoServiceOptions) {
    this.#options = options;
    this.#ref = `component:default/${options.name}`;
  }

  /** Creates the service with the template. */
  async scaffold(): Promise<void> {
    const { name } = this.#options;
    await this.#once(
      'scaffold',
      `Creating ${name} with the Service template`,
      () => scaffoldService(this.#options),
    );
  }

  /** Waits until the newest Release is verified in dev. */
  async reachDev(): Promise<void> {
    const { name } = this.#options;
    await this.#once('dev', `Waiting for ${name} to reach dev`, async () => {
      await this.#untilVerified('dev', () => true);
    });
  }

  /** Changes the source and waits until dev has what came of it. */
  async changeSource(message: string): Promise<void> {
    const { name, simulator } = this.#options;
    await this.#once('source', `Changing the source of ${name}`, () =>
      simulator.run({ type: 'push-source', service: name, message }),
    );
    await this.#once(
      'source-in-dev',
      `Waiting for the change of ${name} to reach dev`,
      async () => {
        await this.#untilVerified('dev', (there, service) => {
          const staging = service.environments.find(e => e.name === 'staging');
          return there > (staging?.release?.number ?? 0);
        });
      },
    );
  }

  /** Lets the next rollout into an Environment fail. */
  async breakNextRollout(environment: string): Promise<void> {
    const { name, simulator } = this.#options;
    await this.#once(
      `break-${environment}`,
      `Breaking the next rollout of ${name} in ${environment}`,
      () =>
        simulator.run({
          type: 'fail-next-rollout',
          service: name,
          environment,
        }),
    );
  }

  /** Asks for the Release of the Environment before to enter this one. */
  async ask(environment: string, round = 1): Promise<void> {
    const { name, developer, signal } = this.#options;
    await this.#once(
      `ask-${environment}-${round}`,
      `Asking for ${name} to enter ${environment}`,
      async () => {
        await until(
          `${name} to be promotable to ${environment}`,
          async () => {
            const service = await this.#read();
            const door = service?.doors.find(d => d.to === environment);
            if (
              door?.alreadyThere ||
              service?.promotions.some(p => p.environment === environment)
            ) {
              return true;
            }
            if (!door?.candidate || !door.subject) {
              return undefined;
            }
            return developer.delivery
              .createPromotion(
                {
                  service: this.#ref,
                  environment,
                  releaseId: door.candidate.id,
                  subject: door.subject,
                  reason: `Bring ${name} to ${environment}`,
                  idempotencyKey: `demo-${name}-${environment}-${door.candidate.number}`,
                },
                { signal },
              )
              .then(() => true)
              .catch(unlessConflict);
          },
          signal,
        );
      },
    );
  }

  /**
   * Asks for a Promotion, has it approved and waits for its end.
   *
   * @remarks
   * Another end than the expected one is logged: the demo is then in another
   * state than planned, but in a true one. `round` counts the promotions into
   * the same Environment.
   */
  async promote(
    environment: string,
    approvers: DemoPerson[],
    options: { expected?: Promotion['phase']; round?: number } = {},
  ): Promise<void> {
    const { expected = 'succeeded', round = 1 } = options;
    const { name, logger, signal, developer } = this.#options;
    await this.ask(environment, round);
    for (const approver of approvers) {
      await this.#once(
        `approve-${environment}-${round}-${approver.ref}`,
        `${approver.ref} approves ${name} for ${environment}`,
        () => this.#approve(environment, approver),
      );
    }
    await this.#once(
      `ended-${environment}-${round}`,
      `Waiting for ${name} in ${environment}`,
      async () => {
        const { phase, phaseReason } = await until(
          `the promotion of ${name} to ${environment} to end`,
          async () => {
            const promotion = await this.#newestPromotion(environment);
            return promotion && isFinal(promotion.phase)
              ? developer.delivery.getPromotion(promotion.id, { signal })
              : undefined;
          },
          signal,
        );
        if (phase !== expected) {
          logger.warn(
            `The promotion of ${name} to ${environment} ended "${phase}", not "${expected}": ${phaseReason}`,
          );
        }
      },
    );
  }

  async #approve(environment: string, approver: DemoPerson): Promise<void> {
    const { name, signal } = this.#options;
    await until(
      `the promotion of ${name} to ${environment} to be approved`,
      async () => {
        const promotion = await this.#newestPromotion(environment);
        if (!promotion) {
          return undefined;
        }
        const detail = await approver.delivery.getPromotion(promotion.id, {
          signal,
        });
        const approved = detail.approvals.some(
          approval => approval.by === approver.ref && !approval.void,
        );
        if (approved || detail.phase !== 'waiting') {
          return true;
        }
        if (!detail.currentSubject) {
          return undefined;
        }
        return approver.delivery
          .decide(
            promotion.id,
            { verdict: 'approve', subject: detail.currentSubject },
            { signal },
          )
          .then(() => true)
          .catch(unlessConflict);
      },
      signal,
    );
  }

  async #newestPromotion(environment: string): Promise<Promotion | undefined> {
    const { developer, signal } = this.#options;
    const { items } = await developer.delivery.listPromotions(
      { service: this.#ref, environment },
      { signal },
    );
    return items
      .filter(promotion => promotion.kind === 'forward')
      .sort((a, b) => b.number - a.number)[0];
  }

  async #untilVerified(
    environment: string,
    fits: (releaseNumber: number, service: ServiceDelivery) => boolean,
  ): Promise<void> {
    await until(
      `${this.#options.name} to be verified in ${environment}`,
      async () => {
        const service = await this.#read();
        const there = service?.environments.find(e => e.name === environment);
        return service &&
          there?.deployment?.verifiedAt &&
          fits(there.deployment.releaseNumber, service)
          ? true
          : undefined;
      },
      this.#options.signal,
    );
  }

  /** The service as delivery sees it, undefined while it is not known yet. */
  async #read(): Promise<ServiceDelivery | undefined> {
    const { developer, signal } = this.#options;
    try {
      return await developer.delivery.getService(this.#ref, { signal });
    } catch (error) {
      if (isAnswer(error, 'NotFoundError')) {
        return undefined;
      }
      throw error;
    }
  }

  #once(step: string, sentence: string, act: () => Promise<void>) {
    const { diary, name } = this.#options;
    return diary.once(`${name}/${step}`, sentence, act);
  }
}

/** A conflict means that something changed meanwhile: look again. */
function unlessConflict(error: unknown): undefined {
  if (isAnswer(error, 'ConflictError')) {
    return undefined;
  }
  throw error;
}
