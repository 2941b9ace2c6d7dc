// SPDX-License-Identifier: Apache-2.0
import { toError } from '@backstage/errors';
import type {
  CdEngine,
  Clock,
  EngineBinding,
} from 'backstage-plugin-delivery-node';
import type { EnvironmentConfig } from '../config/DeliveryConfig';
import type { StoredService } from '../database/services';
import { toEngineTarget } from './toEngineTarget';

/** What the engine has for a lane, or that it could not be asked. */
export type KnownBinding =
  | EngineBinding
  | {
      state: 'unknown';
      reason: string;
      /** What was bound when it could last be asked. */
      last?: { pipelineId: string; pipelineHash: string };
    };

/** Longer than between two sweeps, which look at every lane: whoever reads asks for nothing. */
const REMEMBERED_MS = 60_000;
const ASK_MS = 10_000;

/** How long somebody who only looks waits for the first answer. */
const PATIENCE_MS = 500;

/**
 * What the engine has for each lane, remembered for reads.
 *
 * @remarks
 * A read never waits for an engine that does not answer: it gets what was known
 * last, and the question goes on behind it. Writes ask anew.
 */
export class Bindings {
  readonly #engine: CdEngine | undefined;
  readonly #clock: Clock;
  readonly #known = new Map<string, { at: number; binding: KnownBinding }>();
  readonly #asking = new Map<string, Promise<KnownBinding>>();

  constructor(options: { engine: CdEngine | undefined; clock: Clock }) {
    this.#engine = options.engine;
    this.#clock = options.clock;
  }

  async of(
    service: StoredService,
    environment: EnvironmentConfig,
    options: { fresh: boolean },
  ): Promise<KnownBinding> {
    const key = `${service.entityRef}#${environment.name}`;
    const known = this.#known.get(key);
    const age = known ? this.#clock.now().getTime() - known.at : Infinity;
    if (!options.fresh && known) {
      if (age > REMEMBERED_MS) {
        // Behind the reader's back; #ask never rejects.
        this.#ask(key, service, environment).catch(() => {});
      }
      return known.binding;
    }
    const asked = this.#ask(key, service, environment);
    return options.fresh ? asked : soonOr(asked, this.#engine?.id);
  }

  #ask(
    key: string,
    service: StoredService,
    environment: EnvironmentConfig,
  ): Promise<KnownBinding> {
    const asking = this.#asking.get(key);
    if (asking) {
      return asking;
    }
    const question = this.#inspect(service, environment).then(answer => {
      const binding = withLast(answer, this.#known.get(key)?.binding);
      this.#known.set(key, { at: this.#clock.now().getTime(), binding });
      this.#asking.delete(key);
      return binding;
    });
    this.#asking.set(key, question);
    return question;
  }

  async #inspect(
    service: StoredService,
    environment: EnvironmentConfig,
  ): Promise<KnownBinding> {
    if (!this.#engine) {
      return {
        state: 'missing',
        reason: 'No CD engine is installed: add its module to the backend.',
      };
    }
    try {
      return await this.#engine.inspect(toEngineTarget(service, environment), {
        signal: AbortSignal.timeout(ASK_MS),
      });
    } catch (error) {
      return {
        state: 'unknown',
        reason: `${this.#engine.id} could not be asked: ${
          toError(error).message
        }`.slice(0, 500),
      };
    }
  }
}

async function soonOr(
  asked: Promise<KnownBinding>,
  engine: string | undefined,
): Promise<KnownBinding> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<KnownBinding>(resolve => {
    timer = setTimeout(
      () =>
        resolve({
          state: 'unknown',
          reason: `${engine} has not answered yet.`,
        }),
      PATIENCE_MS,
    );
  });
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}

function withLast(
  answer: KnownBinding,
  before: KnownBinding | undefined,
): KnownBinding {
  if (answer.state !== 'unknown') {
    return answer;
  }
  if (before?.state === 'bound') {
    const { pipelineId, pipelineHash } = before;
    return { ...answer, last: { pipelineId, pipelineHash } };
  }
  return before?.state === 'unknown'
    ? { ...answer, last: before.last }
    : answer;
}
