// SPDX-License-Identifier: Apache-2.0
import type {
  BackstageUserIdentity,
  DiscoveryApi,
  IdentityApi,
  ProfileInfo,
} from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';
import { z } from 'zod';

const sessionSchema = z.object({
  profile: z.object({
    displayName: z.string().optional(),
    email: z.string().optional(),
    picture: z.string().optional(),
  }),
  backstageIdentity: z.object({
    token: z.string(),
    expiresInSeconds: z.number().optional(),
    identity: z.object({
      type: z.literal('user'),
      userEntityRef: z.string(),
      ownershipEntityRefs: z.array(z.string()),
    }),
  }),
});

type Session = z.infer<typeof sessionSchema>;

const RENEW_BEFORE_MS = 5 * 60_000;
const DEFAULT_LIFE_SECONDS = 3600;

/**
 * One demo user, signed in; renews the token shortly before it ends.
 *
 * @remarks
 * Throws a ResponseError when the backend does not let this user in.
 */
export class DemoIdentity implements IdentityApi {
  readonly #options: {
    name: string;
    discoveryApi: DiscoveryApi;
    onSignOut: () => void;
    now: () => number;
  };
  #session: Promise<{ value: Session; renewAt: number }> | undefined;

  constructor(options: {
    name: string;
    discoveryApi: DiscoveryApi;
    onSignOut: () => void;
    now?: () => number;
  }) {
    this.#options = { now: Date.now, ...options };
  }

  /** Gets the first token, so that a refusal is seen on the sign-in page. */
  async signIn(): Promise<void> {
    await this.#getSession();
  }

  async getProfileInfo(): Promise<ProfileInfo> {
    return (await this.#getSession()).profile;
  }

  async getBackstageIdentity(): Promise<BackstageUserIdentity> {
    return (await this.#getSession()).backstageIdentity.identity;
  }

  async getCredentials(): Promise<{ token?: string }> {
    return { token: (await this.#getSession()).backstageIdentity.token };
  }

  async signOut(): Promise<void> {
    this.#options.onSignOut();
  }

  async #getSession(): Promise<Session> {
    const running = this.#session;
    const session = await (running ?? this.#renew());
    if (session.renewAt > this.#options.now()) {
      return session.value;
    }
    const renewed = this.#session === running ? this.#renew() : this.#session;
    return (await (renewed ?? this.#renew())).value;
  }

  #renew() {
    const session = this.#fetchSession();
    this.#session = session;
    session.catch(() => {
      if (this.#session === session) {
        this.#session = undefined;
      }
    });
    return session;
  }

  async #fetchSession() {
    const baseUrl = await this.#options.discoveryApi.getBaseUrl('auth');
    const response = await fetch(`${baseUrl}/demo/refresh`, {
      headers: {
        'x-demo-user': this.#options.name,
        'x-requested-with': 'XMLHttpRequest',
      },
      credentials: 'include',
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    const value = sessionSchema.parse(await response.json());
    const life = value.backstageIdentity.expiresInSeconds;
    return {
      value,
      renewAt:
        this.#options.now() +
        (life ?? DEFAULT_LIFE_SECONDS) * 1000 -
        RENEW_BEFORE_MS,
    };
  }
}
