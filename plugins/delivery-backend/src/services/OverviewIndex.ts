// SPDX-License-Identifier: Apache-2.0
import type {
  EntityRef,
  ServiceOverview,
  SourceState,
} from 'backstage-plugin-delivery-common';
import { buildOverview, severityOf } from '../view/buildOverview';
import { mapInTurns } from '../mapInTurns';
import type { ServiceFacts } from '../view/ServiceFacts';
import type { ChangeLog } from './ChangeLog';
import { loadAllFacts } from './loadAllFacts';
import type { ReadRoom } from './ReadRoom';
import type { ServiceMemory } from './ServiceMemory';

/** Of more than these all are read at once, which costs as many queries as one. */
const FEW = 30;

/** Everything is read anew after so long, whatever was heard. */
const OLDEST_MS = 30_000;

/** Where a row stands in the list: worst first, then by title. */
export type Place = readonly [number, string, string];

/** A row of the overview, ready to be sorted and searched. */
export type OverviewEntry = {
  row: ServiceOverview;
  place: Place;
  /** What a filter looks in. */
  text: string;
};

/**
 * The rows of all Services, each made anew only when something of it changed.
 *
 * @remarks
 * As true as the memory of Services: at once for a change on this replica, within
 * two seconds for one on another.
 */
export class OverviewIndex {
  readonly #room: Pick<ReadRoom, 'clock' | 'config' | 'knex'>;
  readonly #changes: ChangeLog;
  readonly #memory: ServiceMemory;
  readonly #changed = new Set<EntityRef>();
  #rows = new Map<EntityRef, OverviewEntry>();
  /** The version of each Service that its row, or the lack of one, is of. */
  #seen: ReadonlyMap<EntityRef, number> = new Map();
  #sorted: readonly OverviewEntry[] | undefined;
  #readAllAt: number | undefined;
  #sources = '';
  #refreshing: Promise<readonly OverviewEntry[]> | undefined;

  constructor(options: {
    room: Pick<ReadRoom, 'clock' | 'config' | 'knex'>;
    changes: ChangeLog;
    memory: ServiceMemory;
  }) {
    this.#room = options.room;
    this.#changes = options.changes;
    this.#memory = options.memory;
  }

  /** Something about a Service changed. */
  forget(service: EntityRef): void {
    this.#changed.add(service);
  }

  /** All rows in their order; those who ask at the same time share the work. */
  async entries(): Promise<readonly OverviewEntry[]> {
    if (this.#refreshing) {
      // Begun before this question, so it may miss what changed since.
      await this.#refreshing.catch(() => {});
    }
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async #refresh(): Promise<readonly OverviewEntry[]> {
    const { sources, versions } = await this.#changes.standing();
    const told = statesOf(sources);
    const changed = new Set(this.#changed);
    for (const [service, version] of versions) {
      if (this.#seen.get(service) !== version) {
        changed.add(service);
      }
    }
    const isOld =
      this.#readAllAt === undefined ||
      performance.now() - this.#readAllAt >= OLDEST_MS;
    if (isOld || told !== this.#sources || changed.size > FEW) {
      await this.#readAll(changed);
      this.#sources = told;
    } else {
      await this.#readSome(changed);
    }
    this.#seen = versions;
    this.#sorted ??= [...this.#rows.values()].sort((a, b) =>
      comparePlaces(a.place, b.place),
    );
    return this.#sorted;
  }

  async #readAll(changed: ReadonlySet<EntityRef>): Promise<void> {
    const began = performance.now();
    changed.forEach(service => this.#changed.delete(service));
    const all = await loadAllFacts(this.#room);
    this.#rows = new Map(
      await mapInTurns(all, facts => [facts.service.entityRef, entryOf(facts)]),
    );
    this.#sorted = undefined;
    this.#readAllAt = began;
  }

  async #readSome(changed: ReadonlySet<EntityRef>): Promise<void> {
    for (const service of changed) {
      this.#changed.delete(service);
      const known = await this.#memory.of(service);
      if (known) {
        const { record, sources } = known;
        const now = this.#room.clock.now();
        const facts = { ...record.facts, sources, now };
        this.#rows.set(service, entryOf(facts));
      } else {
        this.#rows.delete(service);
      }
      this.#sorted = undefined;
    }
  }
}

/** The order of places. */
export function comparePlaces(a: Place, b: Place): number {
  return a[0] - b[0] || compareText(a[1], b[1]) || compareText(a[2], b[2]);
}

const collator = new Intl.Collator('en');

function compareText(a: string, b: string): number {
  return collator.compare(a, b);
}

function entryOf(facts: ServiceFacts): OverviewEntry {
  const row = buildOverview(facts);
  return {
    row,
    place: [severityOf(row.condition), row.title, row.service],
    text: [row.service, row.title, row.owner, row.system]
      .join(' ')
      .toLowerCase(),
  };
}

/** Which source is how: only that counts for a row, not when it was seen last. */
function statesOf(sources: readonly SourceState[]): string {
  return sources
    .map(({ id, source, state }) => `${source} ${id} ${state}`)
    .sort()
    .join('\n');
}
