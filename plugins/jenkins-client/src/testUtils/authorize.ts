// SPDX-License-Identifier: Apache-2.0

/**
 * Finds out who asks, or gives the refusal: 401 for wrong credentials, 403 for none where
 * they are needed. Tokens need no crumb.
 */
export function authorize(
  request: Request,
  rules: { users: Record<string, string>; anonymousRead: boolean },
): { userId: string } | Response {
  const header = request.headers.get('authorization');
  if (!header) {
    if (rules.anonymousRead && /^(GET|HEAD)$/.test(request.method)) {
      return { userId: 'anonymous' };
    }
    return new Response('Authentication required', { status: 403 });
  }
  const decoded = Buffer.from(
    header.replace(/^Basic /i, ''),
    'base64',
  ).toString('utf8');
  const at = decoded.indexOf(':');
  const userId = decoded.slice(0, at);
  const known = new Map(Object.entries(rules.users)).get(userId);
  if (at < 0 || known === undefined || known !== decoded.slice(at + 1)) {
    return new Response('Invalid password/token for user', {
      status: 401,
      headers: { 'www-authenticate': 'Basic realm="Jenkins"' },
    });
  }
  return { userId };
}
