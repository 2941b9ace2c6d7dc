// SPDX-License-Identifier: Apache-2.0

/** Who may call the fake. @public */
export type GateAccess =
  /** Everybody is `anonymous`, unless a known token is sent. */
  | { kind: 'open'; tokens?: Record<string, string> }
  /** Without a known token: 401. */
  | { kind: 'token'; tokens: Record<string, string> }
  /** Without the right password: a redirect to the login page, as a real Gate does. */
  | { kind: 'basic'; username: string; password: string };

/** Whom a request is from; `undefined` when it must not be answered. */
export function callerOf(
  headers: Headers,
  access: GateAccess,
): string | undefined {
  const authorization = headers.get('authorization') ?? '';
  if (access.kind === 'basic') {
    const expected = Buffer.from(
      `${access.username}:${access.password}`,
    ).toString('base64');
    return authorization === `Basic ${expected}` ? access.username : undefined;
  }
  const token =
    headers.get('x-spinnaker-token') ?? authorization.replace(/^Bearer /, '');
  const user = access.tokens?.[token];
  return user ?? (access.kind === 'open' ? 'anonymous' : undefined);
}
