// SPDX-License-Identifier: Apache-2.0
import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import {
  RELATION_HAS_MEMBER,
  RELATION_PARENT_OF,
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { stringifyError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Commit, EntityRef } from 'backstage-plugin-delivery-common';
import type { CertainPeople, Clock } from 'backstage-plugin-delivery-node';
import type { People } from './People';

const REMEMBERED_MS = 5_000;
/** More groups than this behind one name is a mistake, not an organisation. */
const MOST_GROUPS = 500;

type Remembered<T> = { at: number; value: Promise<T> };

/**
 * People as the catalog knows them.
 *
 * @remarks
 * Asked with the plugin's own credentials, because who may approve does not
 * depend on what the person who looks may see. A catalog that cannot be asked
 * makes people unknown, and an unknown slot never fills.
 */
export class CatalogPeople implements People {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #logger: LoggerService;
  readonly #clock: Clock;
  readonly #members = new Map<string, Remembered<EntityRef[] | undefined>>();
  readonly #authors = new Map<string, Remembered<EntityRef[]>>();

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    logger: LoggerService;
    /** The machine's clock: it only says how old an answer of the catalog is. */
    clock: Clock;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#logger = options.logger;
    this.#clock = options.clock;
  }

  async membersOf(
    from: string,
    options: {
      service: { entityRef: EntityRef; owner?: EntityRef };
      fresh: boolean;
    },
  ): Promise<EntityRef[] | undefined> {
    const name = from === 'owner' ? options.service.owner : from;
    if (name === undefined) {
      return undefined;
    }
    return this.#remember(this.#members, name, options.fresh, () =>
      this.#findMembers(name),
    );
  }

  async authorsOf(
    commits: readonly Commit[],
    options: { fresh: boolean },
  ): Promise<EntityRef[]> {
    const emails = [
      ...new Set(
        commits.flatMap(({ author }) =>
          author.email ? [author.email.toLowerCase()] : [],
        ),
      ),
    ].sort();
    if (emails.length === 0) {
      return [];
    }
    return this.#remember(this.#authors, emails.join('\n'), options.fresh, () =>
      this.#findAuthors(emails),
    );
  }

  /**
   * Who is behind these names, as far as it is certain: those that are not in
   * the catalog are `absent`, and all that the catalog does not answer now, or
   * knows too little for, are left out.
   */
  async certainly(names: readonly string[]): Promise<CertainPeople> {
    const certain = new Map<string, readonly EntityRef[] | 'absent'>();
    const isKept = new Map<string, Promise<boolean>>();
    for (const name of names) {
      const { kind } = parseEntityRef(name);
      try {
        const members = await this.#people(
          stringifyEntityRef(parseEntityRef(name)),
        );
        if (members) {
          certain.set(name, members);
          continue;
        }
        // A catalog that has none at all was not filled yet.
        const kept = isKept.get(kind) ?? this.#hasAny(kind);
        isKept.set(kind, kept);
        if (await kept) {
          certain.set(name, 'absent');
        }
      } catch (error) {
        this.#logger.debug(
          `The people behind "${name}" are not known: ${stringifyError(error)}`,
        );
      }
    }
    return certain;
  }

  async #hasAny(kind: string): Promise<boolean> {
    const { items } = await this.#catalog.getEntities(
      { filter: { kind }, fields: ['kind'], limit: 1 },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    return items.length > 0;
  }

  #remember<T>(
    known: Map<string, Remembered<T>>,
    key: string,
    fresh: boolean,
    ask: () => Promise<T>,
  ): Promise<T> {
    const now = this.#clock.now().getTime();
    for (const [old, { at }] of known) {
      if (now - at > REMEMBERED_MS) {
        known.delete(old);
      }
    }
    const remembered = fresh ? undefined : known.get(key);
    if (remembered) {
      return remembered.value;
    }
    const value = ask();
    known.set(key, { at: now, value });
    return value;
  }

  async #findMembers(name: string): Promise<EntityRef[] | undefined> {
    try {
      const ref = stringifyEntityRef(
        parseEntityRef(name, {
          defaultKind: 'group',
          defaultNamespace: 'default',
        }),
      );
      return await this.#people(ref);
    } catch (error) {
      this.#logger.warn(
        `The people behind "${name}" are not known: ${stringifyError(error)}`,
      );
      return undefined;
    }
  }

  async #people(ref: string): Promise<EntityRef[] | undefined> {
    if (ref.startsWith('user:')) {
      const [user] = await this.#entities([ref]);
      return user && [ref];
    }
    return ref.startsWith('group:') ? this.#walk(ref) : undefined;
  }

  /** Level by level, so that a group tree costs as many calls as it is deep. */
  async #walk(start: string): Promise<EntityRef[] | undefined> {
    const seen = new Set([start]);
    const members = new Set<EntityRef>();
    let level = [start];
    while (level.length > 0) {
      const groups = await this.#entities(level);
      if (level[0] === start && !groups[0]) {
        return undefined;
      }
      const next: string[] = [];
      for (const group of groups) {
        for (const { type, targetRef } of group?.relations ?? []) {
          if (type === RELATION_HAS_MEMBER && targetRef.startsWith('user:')) {
            members.add(targetRef.toLowerCase());
          } else if (type === RELATION_PARENT_OF && !seen.has(targetRef)) {
            seen.add(targetRef);
            next.push(targetRef);
          }
        }
      }
      if (seen.size > MOST_GROUPS) {
        throw new Error(`more than ${MOST_GROUPS} groups are below it`);
      }
      level = next;
    }
    return [...members].sort();
  }

  async #findAuthors(emails: readonly string[]): Promise<EntityRef[]> {
    try {
      const { items } = await this.#catalog.getEntities(
        {
          filter: { kind: 'User', 'spec.profile.email': [...emails] },
          fields: ['kind', 'metadata.name', 'metadata.namespace'],
        },
        { credentials: await this.#auth.getOwnServiceCredentials() },
      );
      return items.map(user => stringifyEntityRef(user)).sort();
    } catch (error) {
      this.#logger.warn(
        `The authors of commits are not known: ${stringifyError(error)}`,
      );
      return [];
    }
  }

  async #entities(refs: string[]): Promise<(Entity | undefined)[]> {
    const { items } = await this.#catalog.getEntitiesByRefs(
      {
        entityRefs: refs,
        fields: ['kind', 'metadata.name', 'metadata.namespace', 'relations'],
      },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    return items;
  }
}
