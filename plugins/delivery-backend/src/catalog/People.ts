// SPDX-License-Identifier: Apache-2.0
import type { Commit, EntityRef } from 'backstage-plugin-delivery-common';

/** Who stands behind the names that the configuration and Git use. */
export interface People {
  /**
   * The users behind `owner`, `group:namespace/name` or `user:namespace/name`,
   * members of nested groups included, sorted.
   *
   * @returns `undefined` when it is not known: no such group, no owner, or the
   * catalog could not be asked.
   */
  membersOf(
    from: string,
    options: {
      service: { entityRef: EntityRef; owner?: EntityRef };
      /** Nothing remembered is used. */
      fresh: boolean;
    },
  ): Promise<EntityRef[] | undefined>;
  /**
   * The users who wrote these commits, as far as their e-mail address is that
   * of a catalog user's profile, sorted.
   */
  authorsOf(
    commits: readonly Commit[],
    options: { fresh: boolean },
  ): Promise<EntityRef[]>;
}
