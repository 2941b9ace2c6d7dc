// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';

/** Whether `backend.reading.allow` names the host of an address, as Backstage's own reader understands it. */
export function isReadingAllowed(config: Config, address: string): boolean {
  const { host, pathname } = new URL(address);
  const allowed = config.getOptionalConfigArray('backend.reading.allow') ?? [];
  return allowed.some(entry => {
    const pattern = entry.getString('host');
    const paths = entry.getOptionalStringArray('paths');
    const fits = pattern.startsWith('*.')
      ? host.endsWith(pattern.slice(1))
      : host === pattern;
    return fits && (!paths || paths.some(path => pathname.startsWith(path)));
  });
}
