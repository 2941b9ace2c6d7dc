// SPDX-License-Identifier: Apache-2.0
import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  BuildSource,
  Clock,
  SourceRelease,
} from 'backstage-plugin-delivery-node';
import type { Knex } from 'knex';
import { ulid } from 'ulid';
import { saveFindings } from '../database/findings';
import { insertNote } from '../database/notes';
import { insertRelease, newestBuild } from '../database/releases';
import { listServices, type StoredService } from '../database/services';
import { toRelease } from '../domain/toRelease';
import type { Following } from './Following';
import type { SourceWatch } from './SourceWatch';

/**
 * Reads Releases from the build sources and lets them enter the first
 * Environments.
 *
 * @remarks
 * A Release and its automatic Promotions are stored in one transaction, so none
 * is seen without the other. When several are new at once only the newest one
 * enters: the others were overtaken before anybody saw them.
 */
export class Ingestor {
  readonly #options: {
    knex: Knex;
    clock: Clock;
    sources: readonly BuildSource[];
    following: Following;
    watch: SourceWatch;
    logger: LoggerService;
    hint(service: string): void;
  };

  constructor(options: {
    knex: Knex;
    clock: Clock;
    sources: readonly BuildSource[];
    following: Following;
    watch: SourceWatch;
    logger: LoggerService;
    hint(service: string): void;
  }) {
    this.#options = options;
  }

  /** Asks every source about every Service once. */
  async sweep(signal: AbortSignal): Promise<void> {
    const services = await listServices(this.#options.knex);
    for (const source of this.#options.sources) {
      await this.#options.watch.during(source.id, async () => {
        for (const service of services) {
          if (!signal.aborted) {
            await this.#ingest(source, service, signal);
          }
        }
      });
    }
  }

  async #ingest(
    source: BuildSource,
    service: StoredService,
    signal: AbortSignal,
  ): Promise<void> {
    const { knex } = this.#options;
    const answer = await source.releases(
      service,
      { build: await newestBuild(knex, service.entityRef) },
      { signal },
    );
    if (answer.state !== 'bound') {
      await this.#find(source, service, answer.state, answer.reason);
      return;
    }
    const [problem] = answer.problems;
    await this.#find(
      source,
      service,
      'found',
      problem
        ? `${problem.subject} cannot be used: ${problem.reason}`
        : 'Releases are read from here.',
    );
    for (const [index, release] of answer.releases.entries()) {
      await this.#store(service, release, index === answer.releases.length - 1);
    }
  }

  async #store(
    service: StoredService,
    given: SourceRelease,
    newest: boolean,
  ): Promise<void> {
    const { clock, following, hint, knex, logger } = this.#options;
    const release = toRelease(given);
    const stored = await knex.transaction(async tx => {
      if (!(await insertRelease(tx, release, clock.now()))) {
        return false;
      }
      await insertNote(tx, {
        id: ulid(Date.parse(release.builtAt)),
        service: service.entityRef,
        kind: 'release',
        at: release.builtAt,
        summary: `Release ${release.number} made by ${release.build.job} #${release.build.number}`,
        reason: release.change.commits[0]?.title,
      });
      if (newest) {
        await following.enter(tx, service, release);
      }
      return true;
    });
    if (stored) {
      logger.info(`Release ${release.number} of ${service.entityRef} is known`);
      hint(service.entityRef);
    }
  }

  async #find(
    source: BuildSource,
    service: StoredService,
    state: 'found' | 'missing' | 'refused',
    detail: string,
  ): Promise<void> {
    const { clock, hint, knex } = this.#options;
    const changed = await saveFindings(knex, [
      {
        service: service.entityRef,
        subject: source.id,
        state,
        detail: detail.slice(0, 400),
        at: clock.now().toISOString(),
      },
    ]);
    changed.forEach(hint);
  }
}
