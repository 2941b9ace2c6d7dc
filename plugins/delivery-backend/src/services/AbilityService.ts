// SPDX-License-Identifier: Apache-2.0
import type {
  AuthService,
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  deliveryEnvironmentRef,
  deliveryPromotionApprovePermission,
  deliveryPromotionCancelPermission,
  deliveryPromotionCreatePermission,
  deliveryPromotionOverridePermission,
  type EntityRef,
} from 'backstage-plugin-delivery-common';
import type { Clock } from 'backstage-plugin-delivery-node';
import { refusal, type Abilities } from '../view/Abilities';

const REMEMBERED_MS = 5_000;
const MOST_REMEMBERED = 20_000;

const ACTS = [
  ['promote', deliveryPromotionCreatePermission],
  ['approve', deliveryPromotionApprovePermission],
  ['cancel', deliveryPromotionCancelPermission],
  ['override', deliveryPromotionOverridePermission],
] as const;

/** What a person may do in each Environment, by its name. */
export type AbilitiesOf = {
  abilities: ReadonlyMap<string, Abilities>;
  /** The same for everybody who may do the same. */
  text: string;
};

type Asked = { at: number; abilities: Promise<AbilitiesOf> };

/**
 * What the permission policy lets a person do, for showing it.
 *
 * @remarks
 * Remembered for 5 seconds. Nothing is decided by it: what is written is
 * authorised anew by its own decorator.
 */
export class AbilityService {
  readonly #permissions: PermissionsService;
  readonly #auth: AuthService;
  readonly #clock: Clock;
  readonly #asked = new Map<string, Asked>();

  constructor(options: {
    permissions: PermissionsService;
    auth: AuthService;
    /** The machine's clock: it only says how old an answer of the policy is. */
    clock: Clock;
  }) {
    this.#permissions = options.permissions;
    this.#auth = options.auth;
    this.#clock = options.clock;
  }

  /** What the person may do in each of the Environments, by name. */
  async of(
    service: { entityRef: EntityRef; owner?: EntityRef },
    environments: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<AbilitiesOf> {
    const now = this.#clock.now().getTime();
    const who = this.#auth.isPrincipal(credentials, 'user')
      ? credentials.principal.userEntityRef
      : 'service';
    const key = [who, service.entityRef, ...environments].join(' ');
    const known = this.#asked.get(key);
    if (known && now - known.at < REMEMBERED_MS) {
      return known.abilities;
    }
    if (this.#asked.size >= MOST_REMEMBERED) {
      this.#asked.clear();
    }
    const abilities = this.#ask(service, environments, credentials);
    this.#asked.set(key, { at: now, abilities });
    abilities.catch(() => this.#asked.delete(key));
    return abilities;
  }

  async #ask(
    service: { entityRef: EntityRef; owner?: EntityRef },
    environments: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<AbilitiesOf> {
    const answers = await this.#permissions.authorize(
      environments.flatMap(environment =>
        ACTS.map(([, permission]) => ({
          permission,
          resourceRef: deliveryEnvironmentRef(service.entityRef, environment),
        })),
      ),
      { credentials },
    );
    const abilities = new Map(
      environments.map((environment, index) => {
        const may = (place: number) => {
          const [act] = ACTS[place];
          const answer = answers[index * ACTS.length + place];
          return answer.result === AuthorizeResult.ALLOW
            ? { allowed: true as const }
            : refusal(act, { environment, owner: service.owner });
        };
        return [
          environment,
          {
            promote: may(0),
            approve: may(1),
            cancel: may(2),
            override: may(3),
          },
        ];
      }),
    );
    const allowed = answers.map(({ result }) =>
      result === AuthorizeResult.ALLOW ? '1' : '0',
    );
    return { abilities, text: allowed.join('') };
  }
}
