// SPDX-License-Identifier: Apache-2.0
import type { HostedRepositories } from '../HostedRepositories';
import { checkoutOf } from './checkoutOf';

/** What is done with files, by somebody with a checkout. */
export function throughGit(
  gitUrl: (repository: string) => string,
  host: { create(repository: string): Promise<unknown> },
): Pick<
  HostedRepositories,
  'gitUrl' | 'checkout' | 'make' | 'read' | 'add' | 'change'
> {
  const checkout = (name: string) => checkoutOf(gitUrl(name));
  return {
    gitUrl,
    checkout,
    make: async (name, files) => {
      await host.create(name);
      if (Object.keys(files).length > 0) {
        await checkout(name).fill(files);
      }
    },
    read: (name, path, ref) => checkout(name).read(path, ref),
    add: (name, path, to) => checkout(name).write(path, to, () => 'By hand\n'),
    change: (name, path, on, edit) => checkout(name).write(path, on, edit),
  };
}
