// SPDX-License-Identifier: Apache-2.0
import type {
  DatabaseService,
  LoggerService,
} from '@backstage/backend-plugin-api';

type Knex = Awaited<ReturnType<DatabaseService['getClient']>>;

const TABLE = 'demo_onboarding_done';

/** Remembers which steps of the demo's story are done. */
export class Diary {
  readonly #knex: Knex;
  readonly #logger: LoggerService;

  private constructor(knex: Knex, logger: LoggerService) {
    this.#knex = knex;
    this.#logger = logger;
  }

  /** Opens the diary, and makes it when there is none. */
  static async open(knex: Knex, logger: LoggerService): Promise<Diary> {
    if (!(await knex.schema.hasTable(TABLE))) {
      await knex.schema.createTable(TABLE, table => {
        table.string('step').primary();
      });
    }
    return new Diary(knex, logger);
  }

  /** Whether a step is done. */
  async has(step: string): Promise<boolean> {
    return (await this.#knex(TABLE).where({ step }).first()) !== undefined;
  }

  /**
   * Does a step that was not done yet, and remembers it once it has ended well.
   *
   * @remarks
   * A process that ends between the two does the step again, so each step looks
   * first at what is already there.
   */
  async once(
    step: string,
    sentence: string,
    act: () => Promise<void>,
  ): Promise<void> {
    if (await this.has(step)) {
      return;
    }
    this.#logger.info(sentence);
    await act();
    await this.#knex(TABLE).insert({ step }).onConflict('step').ignore();
  }
}
