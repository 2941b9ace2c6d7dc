// SPDX-License-Identifier: Apache-2.0
import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import { isLoopbackHost } from './isLoopbackHost';

/** A person of the demo: a User of the catalog and how to call them. */
export type DemoUser = { name: string; title: string };

/**
 * Reads who may sign in without a password.
 *
 * @remarks
 * Throws unless `auth.environment` is `development` and the backend listens on
 * loopback only, so that the demo's sign-in can never be put on a network.
 */
export function readDemoUsers(config: RootConfigService): DemoUser[] {
  const environment = config.getOptionalString('auth.environment');
  if (environment !== 'development') {
    throw new NotAllowedError(
      'The demo sign-in asks for no password: it needs auth.environment: development',
    );
  }
  const listen = config.getOptional('backend.listen');
  const host =
    typeof listen === 'object'
      ? config.getOptionalString('backend.listen.host')
      : undefined;
  if (!isLoopbackHost(host)) {
    throw new NotAllowedError(
      `The demo sign-in asks for no password: set backend.listen.host to 127.0.0.1 (it is ${
        host ?? 'not set'
      }) or remove auth.providers.demo`,
    );
  }
  const users = config.getOptionalConfigArray('demo.users')?.map(user => ({
    name: user.getString('name'),
    title: user.getString('title'),
  }));
  if (!users?.length) {
    throw new InputError(
      'The demo sign-in needs at least one user: demo.users',
    );
  }
  return users;
}
