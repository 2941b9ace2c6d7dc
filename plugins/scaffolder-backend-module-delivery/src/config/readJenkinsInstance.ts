// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';
import { InputError, NotFoundError } from '@backstage/errors';
import { z } from 'zod';
import { faultSentence } from './faultSentence';

const KEY = 'delivery.jenkins.instances';

const instancesSchema = z
  .array(
    z.looseObject({
      name: z.string().min(1),
      baseUrl: z.url({ protocol: /^https?$/ }),
      username: z.string().min(1),
      apiToken: z.string().min(1),
    }),
  )
  .min(1, 'must list at least one instance');

/** A Jenkins controller and how it is entered. */
export type JenkinsInstance = {
  name: string;
  baseUrl: string;
  username: string;
  apiToken: string;
};

/**
 * A configured Jenkins controller: the named one, or the first when no name is given.
 *
 * @throws InputError naming the key when the configuration cannot be used.
 * @throws NotFoundError when there is none of that name.
 */
export function readJenkinsInstance(
  config: Config,
  options: { name?: string },
): JenkinsInstance {
  const parsed = instancesSchema.safeParse(config.getOptional(KEY));
  if (!parsed.success) {
    throw new InputError(faultSentence(KEY, parsed.error));
  }
  const instances = parsed.data;
  const found =
    options.name === undefined
      ? instances[0]
      : instances.find(({ name }) => name === options.name);
  if (!found) {
    throw new NotFoundError(
      `There is no Jenkins instance '${
        options.name
      }'; the configured ones are ${instances
        .map(({ name }) => name)
        .join(', ')}`,
    );
  }
  const { name, baseUrl, username, apiToken } = found;
  return { name, baseUrl, username, apiToken };
}
