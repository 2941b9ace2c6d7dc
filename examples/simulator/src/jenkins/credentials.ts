// SPDX-License-Identifier: Apache-2.0

/** Credentials that a controller keeps under an id. */
export type JenkinsCredential =
  | { id: string; username: string; password: string }
  | { id: string; secret: string };

/** The credentials of a controller. */
export class CredentialStore {
  readonly #byId: Map<string, JenkinsCredential>;

  constructor(credentials: readonly JenkinsCredential[]) {
    this.#byId = new Map(credentials.map(one => [one.id, one]));
  }

  /**
   * The credentials of an id.
   *
   * @throws Error in Jenkins' words when there are none.
   */
  require(id: string): JenkinsCredential {
    const found = this.#byId.get(id);
    if (!found) {
      throw new Error(`Could not find credentials entry with ID '${id}'`);
    }
    return found;
  }

  /** The value of an Authorization header, when the id names a user and password. */
  basicAuthorization(id: string | undefined): string | undefined {
    const found = id === undefined ? undefined : this.#byId.get(id);
    if (!found || 'secret' in found) {
      return undefined;
    }
    const pair = `${found.username}:${found.password}`;
    return `Basic ${Buffer.from(pair).toString('base64')}`;
  }
}

/** The variables that `NAME = credentials('id')` sets, by Jenkins' rule. */
export function credentialVariables(
  name: string,
  credential: JenkinsCredential,
): { variables: Record<string, string>; secrets: string[] } {
  if ('secret' in credential) {
    return {
      variables: { [name]: credential.secret },
      secrets: [credential.secret],
    };
  }
  const { username, password } = credential;
  return {
    variables: {
      [name]: `${username}:${password}`,
      [`${name}_USR`]: username,
      [`${name}_PSW`]: password,
    },
    secrets: [password],
  };
}
