// SPDX-License-Identifier: Apache-2.0
import { GitRepository } from '../GitRepository';
import { SECRET } from '../sourceHostSettings';

/** A repository as somebody sees it who may push to it. */
export function checkoutOf(gitUrl: string): GitRepository {
  const url = new URL(gitUrl);
  Object.assign(url, { username: 'portal', password: SECRET });
  return new GitRepository(url.href);
}
