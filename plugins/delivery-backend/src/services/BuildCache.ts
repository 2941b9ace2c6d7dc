// SPDX-License-Identifier: Apache-2.0
import type { BuildSummary } from 'backstage-plugin-delivery-common';
import type {
  BuildSource,
  Clock,
  DeliveredService,
} from 'backstage-plugin-delivery-node';
import { ServiceUnavailableError } from '@backstage/errors';

const REMEMBERED_MS = 5_000;
const ASK_MS = 10_000;
const MOST_REMEMBERED = 500;

/**
 * The newest builds of Services, so that many viewers cost one call.
 *
 * @remarks
 * A source that does not answer is an error of its own, never an empty list.
 */
export class BuildCache {
  readonly #sources: readonly BuildSource[];
  readonly #clock: Clock;
  readonly #known = new Map<
    string,
    { at: number; builds: Promise<BuildSummary[]> }
  >();

  constructor(options: {
    sources: readonly BuildSource[];
    /** The machine's clock: it only says how old an answer of the source is. */
    clock: Clock;
  }) {
    this.#sources = options.sources;
    this.#clock = options.clock;
  }

  /**
   * The newest builds of all sources, newest first.
   *
   * @throws ServiceUnavailableError when a source could not be asked.
   */
  async of(service: DeliveredService, limit: number): Promise<BuildSummary[]> {
    const key = `${service.entityRef} ${limit}`;
    const now = this.#clock.now().getTime();
    const known = this.#known.get(key);
    if (known && now - known.at < REMEMBERED_MS) {
      return known.builds;
    }
    if (this.#known.size >= MOST_REMEMBERED) {
      this.#known.clear();
    }
    const builds = this.#ask(service, limit);
    this.#known.set(key, { at: now, builds });
    builds.catch(() => this.#known.delete(key));
    return builds;
  }

  async #ask(
    service: DeliveredService,
    limit: number,
  ): Promise<BuildSummary[]> {
    const answers = await Promise.all(
      this.#sources.map(async source => {
        try {
          return await source.builds(service, {
            limit,
            signal: AbortSignal.timeout(ASK_MS),
          });
        } catch (error) {
          throw new ServiceUnavailableError(
            `The builds of ${service.entityRef} could not be read from ${source.id}`,
            error,
          );
        }
      }),
    );
    return answers
      .flat()
      .sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1))
      .slice(0, limit);
  }
}
