// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  kustomizeSettingsSchema,
  testJobSettingsSchema,
} from 'backstage-plugin-spinnaker-client';
import { z } from 'zod';

const KEY = 'delivery.spinnaker';

const httpUrl = z.url({
  protocol: /^https?$/,
  error: 'must be an http or https address',
});

const settingsSchema = z
  .strictObject({
    baseUrl: httpUrl,
    token: z.string().min(1).optional(),
    username: z.string().min(1).optional(),
    password: z.string().min(1).optional(),
    uiUrl: httpUrl.optional(),
    chartAccount: z.string().min(1).default('charts'),
    kustomize: kustomizeSettingsSchema.optional(),
    testJob: testJobSettingsSchema.optional(),
    claims: z.literal('required').default('required'),
  })
  .refine(one => one.token === undefined || one.username === undefined, {
    path: ['username'],
    message: 'cannot be used together with token; remove one of them',
  })
  .refine(
    one => (one.username === undefined) === (one.password === undefined),
    {
      path: ['password'],
      message: 'and username belong together; add the missing one',
    },
  );

/** How Spinnaker is reached, and what the generated Spinnaker pipelines refer to. */
export type SpinnakerSettings = z.infer<typeof settingsSchema>;

/**
 * Reads `delivery.spinnaker`; `undefined` when there is none.
 *
 * Throws `InputError` naming every key that is wrong or unknown; values are never repeated,
 * as they may be secrets.
 */
export function readSpinnakerSettings(
  config: Config,
): SpinnakerSettings | undefined {
  const written: unknown = config.getOptional(KEY);
  if (written === undefined) {
    return undefined;
  }
  const parsed = settingsSchema.safeParse(written);
  if (!parsed.success) {
    const faults = parsed.error.issues.flatMap(issue =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map(key => `${KEY}.${key} is not a key of this section`)
        : [`${[KEY, ...issue.path].join('.')} ${issue.message}`],
    );
    throw new InputError(`Invalid configuration: ${faults.join('; ')}`);
  }
  return parsed.data;
}
