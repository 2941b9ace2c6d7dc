// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

/** Who may do what in an application; an absent list means that everybody may. @public */
export const permissionsSchema = z.looseObject({
  READ: z.array(z.string()).optional(),
  EXECUTE: z.array(z.string()).optional(),
  WRITE: z.array(z.string()).optional(),
});

/** The attributes of a Spinnaker application, custom ones included. @public */
export const applicationAttributesSchema = z
  .object({
    name: z.string(),
    email: z.string().nullish(),
    cloudProviders: z.string().nullish(),
    permissions: permissionsSchema.nullish(),
  })
  .catchall(z.json());

/** A Spinnaker application as `GET /applications/{name}` answers it. @public */
export const applicationSchema = z.looseObject({
  name: z.string(),
  attributes: applicationAttributesSchema,
});

/** The attributes of a Spinnaker application. @public */
export type SpinnakerApplication = z.infer<typeof applicationAttributesSchema>;

/** Who may do what in an application. @public */
export type SpinnakerPermissions = z.infer<typeof permissionsSchema>;
