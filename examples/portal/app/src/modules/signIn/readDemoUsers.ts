// SPDX-License-Identifier: Apache-2.0
import type { ConfigApi } from '@backstage/core-plugin-api';

/** One person a visitor may be; see `demo.users` in the configuration. */
export type DemoUser = {
  name: string;
  title: string;
  role: string;
  may: string;
};

/** Reads who a visitor may be. */
export function readDemoUsers(config: ConfigApi): DemoUser[] {
  return (config.getOptionalConfigArray('demo.users') ?? []).map(user => ({
    name: user.getString('name'),
    title: user.getString('title'),
    role: user.getString('role'),
    may: user.getString('may'),
  }));
}
