// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  type KustomizeSettings,
  kustomizeSettingsSchema,
  type TestJobSettings,
  testJobSettingsSchema,
} from 'backstage-plugin-spinnaker-client';
import { z } from 'zod';
import { faultSentence } from './faultSentence';

const KEY = 'delivery.spinnaker';

const httpUrl = z.url({ protocol: /^https?$/ });

// How the portal itself uses Spinnaker is its module's business.
const spinnakerSchema = z.looseObject({
  baseUrl: httpUrl,
  token: z.string().min(1).optional(),
  username: z.string().min(1).optional(),
  password: z.string().min(1).optional(),
  uiUrl: httpUrl.optional(),
  chartAccount: z.string().min(1).default('charts'),
  kustomize: kustomizeSettingsSchema.optional(),
  testJob: testJobSettingsSchema.optional(),
});

/** How Spinnaker is reached and what its generated pipelines refer to. */
export type SpinnakerSettings = {
  /** The address of Gate. */
  baseUrl: string;
  token?: string;
  username?: string;
  password?: string;
  /** The address of Spinnaker's own user interface, for links. */
  uiUrl?: string;
  /** The artifact account that can read the chart repository. */
  chartAccount: string;
  /** The repositories that are rendered with Kustomize, when there are any. */
  kustomize?: KustomizeSettings;
  /** The Job that tries out what was deployed, when there is one. */
  testJob?: TestJobSettings;
};

/**
 * Reads `delivery.spinnaker`.
 *
 * @throws InputError naming the key when it cannot be used.
 */
export function readSpinnakerSettings(config: Config): SpinnakerSettings {
  const parsed = spinnakerSchema.safeParse(config.getOptional(KEY));
  if (!parsed.success) {
    throw new InputError(faultSentence(KEY, parsed.error));
  }
  const { baseUrl, token, username, password, uiUrl, chartAccount } =
    parsed.data;
  const { kustomize, testJob } = parsed.data;
  return {
    baseUrl,
    token,
    username,
    password,
    uiUrl,
    chartAccount,
    ...(kustomize ? { kustomize } : {}),
    ...(testJob ? { testJob } : {}),
  };
}
