// SPDX-License-Identifier: Apache-2.0
import { AuthenticationError, NotAllowedError } from '@backstage/errors';
import { createProxyAuthenticator } from '@backstage/plugin-auth-node';
import { isLoopbackHost } from './isLoopbackHost';
import type { DemoUser } from './readDemoUsers';

/** The header that names the demo user; a page of another origin cannot send it. */
const DEMO_USER_HEADER = 'x-demo-user';

/**
 * Lets a visitor be any of the given demo users by name.
 *
 * @remarks
 * The request must be addressed to this machine by name, so that a foreign
 * domain that resolves to 127.0.0.1 gets no token.
 */
export function createDemoAuthenticator(users: DemoUser[]) {
  return createProxyAuthenticator({
    defaultProfileTransform: async (user: DemoUser) => ({
      profile: { displayName: user.title },
    }),
    initialize: () => undefined,
    async authenticate({ req }) {
      if (!isLoopbackHost(req.hostname)) {
        throw new NotAllowedError(
          'The demo sign-in answers requests to localhost only',
        );
      }
      const name = req.header(DEMO_USER_HEADER);
      const result = users.find(user => user.name === name);
      if (!result) {
        throw new AuthenticationError(
          `Choose one of the demo users: ${users
            .map(user => user.name)
            .join(', ')}`,
        );
      }
      return { result };
    },
  });
}
