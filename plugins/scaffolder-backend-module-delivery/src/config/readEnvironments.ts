// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  environmentNameSchema,
  tierSchema,
} from 'backstage-plugin-delivery-common';
import { z } from 'zod';
import type { Environment } from './Environment';
import { faultSentence } from './faultSentence';

const DEFAULT_PATH = 'default';
const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

// Gates and the like are the portal's business; other keys are left alone.
const environmentsSchema = z
  .array(
    z.looseObject({
      name: environmentNameSchema,
      tier: tierSchema,
      namespace: z.string().min(1),
      account: z.string().min(1),
      entry: z.enum(['automatic', 'requested']).default('requested'),
    }),
  )
  .min(1, 'must list at least one environment');

/**
 * The Environments of a promotion path, as they are for one service, in the written order.
 *
 * @throws InputError naming the key when the path does not exist or cannot be used.
 */
export function readEnvironments(
  config: Config,
  options: { service: string; path?: string },
): Environment[] {
  const { service, path = DEFAULT_PATH } = options;
  const key = keyOf(config, path);
  const parsed = environmentsSchema.safeParse(config.getOptional(key));
  if (!parsed.success) {
    throw new InputError(faultSentence(key, parsed.error));
  }
  return parsed.data.map(({ name, tier, namespace, account, entry }, index) => {
    const filledIn = namespace.replaceAll('{service}', service);
    if (!NAMESPACE.test(filledIn)) {
      throw new InputError(
        `'${filledIn}' is not the name of a namespace: it comes from ${key}[${index}].namespace and the service '${service}'`,
      );
    }
    return {
      name,
      tier,
      namespace: filledIn,
      account,
      automatic: entry === 'automatic',
    };
  });
}

function keyOf(config: Config, path: string): string {
  const named = config.getOptionalConfig('delivery.paths')?.keys() ?? [];
  if (named.includes(path)) {
    return `delivery.paths.${path}.environments`;
  }
  if (path === DEFAULT_PATH) {
    return 'delivery.environments';
  }
  throw new InputError(
    `There is no promotion path '${path}'; ${
      named.length > 0
        ? `the configured ones are ${[DEFAULT_PATH, ...named].join(', ')}`
        : 'add it under delivery.paths'
    }`,
  );
}
