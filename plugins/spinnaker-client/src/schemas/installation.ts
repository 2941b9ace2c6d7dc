// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

/** Who Gate says we are. @public */
export const userSchema = z.looseObject({
  username: z.string(),
  roles: z.array(z.string()).default([]),
  allowedAccounts: z.array(z.string()).default([]),
});

/** A deployment account of Clouddriver. @public */
export const accountSchema = z.looseObject({
  name: z.string(),
  type: z.string(),
  authorized: z.boolean().optional(),
});

/** An artifact account, for example the one of a chart repository. @public */
export const artifactAccountSchema = z.looseObject({
  name: z.string(),
  types: z.array(z.string()).default([]),
});

/** A webhook that the operator configured, usable as a Spinnaker stage type. @public */
export const preconfiguredWebhookSchema = z.looseObject({
  type: z.string(),
  label: z.string(),
  preconfiguredProperties: z.array(z.string()).default([]),
});

/** Who Gate says we are. @public */
export type SpinnakerUser = z.infer<typeof userSchema>;
/** A deployment account. @public */
export type SpinnakerAccount = z.infer<typeof accountSchema>;
/** An artifact account. @public */
export type SpinnakerArtifactAccount = z.infer<typeof artifactAccountSchema>;
/** A preconfigured webhook. @public */
export type SpinnakerPreconfiguredWebhook = z.infer<
  typeof preconfiguredWebhookSchema
>;
