// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

/** Who Gate says we are. */
export const userSchema = z.looseObject({
  username: z.string(),
  roles: z.array(z.string()).default([]),
  allowedAccounts: z.array(z.string()).default([]),
});

/** A deployment account of Clouddriver. */
export const accountSchema = z.looseObject({
  name: z.string(),
  type: z.string(),
  authorized: z.boolean().optional(),
});

/** An artifact account, for example the one of a chart repository. */
export const artifactAccountSchema = z.looseObject({
  name: z.string(),
  types: z.array(z.string()).default([]),
});

/** A webhook that the operator configured, usable as a Spinnaker stage type. */
export const preconfiguredWebhookSchema = z.looseObject({
  type: z.string(),
  label: z.string(),
  preconfiguredProperties: z.array(z.string()).default([]),
});

/** Who Gate says we are. */
export type SpinnakerUser = z.infer<typeof userSchema>;
/** A deployment account. */
export type SpinnakerAccount = z.infer<typeof accountSchema>;
/** An artifact account. */
export type SpinnakerArtifactAccount = z.infer<typeof artifactAccountSchema>;
/** A preconfigured webhook. */
export type SpinnakerPreconfiguredWebhook = z.infer<
  typeof preconfiguredWebhookSchema
>;
