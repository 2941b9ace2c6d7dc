// SPDX-License-Identifier: Apache-2.0
import { timingSafeEqual } from 'node:crypto';

/** A user with a personal access token. */
export interface ForgeAccount {
  login: string;
  token: string;
}

/** Knows which user a request comes from, by the credentials that Git and REST calls carry. */
export class ForgeAccounts {
  readonly #accounts: readonly ForgeAccount[];
  readonly #organisations: readonly string[] | undefined;

  constructor(
    accounts: readonly ForgeAccount[],
    organisations?: readonly string[],
  ) {
    this.#accounts = accounts;
    this.#organisations = organisations;
  }

  /** Whether there is an organisation of that name; every name is one unless they are listed. */
  hasOrganisation(name: string): boolean {
    return this.#organisations?.includes(name) ?? true;
  }

  /** Whether this is the login of an account. */
  has(login: string): boolean {
    return this.#accounts.some(account => account.login === login);
  }

  /** Whether the request carries credentials, and nobody has them. */
  areRefused(request: Request): boolean {
    return (
      tokenOf(request) !== undefined && this.loginOf(request) === undefined
    );
  }

  /** The login whose token the request carries; nothing without a token or with a wrong one. */
  loginOf(request: Request): string | undefined {
    const token = tokenOf(request);
    return token === undefined
      ? undefined
      : this.#accounts.find(account => equal(account.token, token))?.login;
  }
}

function tokenOf({ headers }: Request): string | undefined {
  const authorization = headers.get('authorization');
  if (!authorization) {
    return headers.get('private-token') ?? undefined;
  }
  const [scheme, value = ''] = authorization.split(' ');
  switch (scheme.toLowerCase()) {
    case 'bearer':
    case 'token':
      return value;
    case 'basic': {
      // Hosts take the token as password, with any user name, or as user name alone.
      const [name, ...rest] = Buffer.from(value, 'base64')
        .toString('utf8')
        .split(':');
      return rest.join(':') || name;
    }
    default:
      return undefined;
  }
}

function equal(one: string, other: string): boolean {
  const left = Buffer.from(one);
  const right = Buffer.from(other);
  return left.length === right.length && timingSafeEqual(left, right);
}
