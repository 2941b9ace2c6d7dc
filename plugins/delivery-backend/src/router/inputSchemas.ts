// SPDX-License-Identifier: Apache-2.0
import {
  entityRefSchema,
  environmentNameSchema,
} from 'backstage-plugin-delivery-common';
import { z } from 'zod';

const entityPathSchema = z.object({
  kind: z.string().toLowerCase(),
  namespace: z.string().toLowerCase(),
  name: z.string().toLowerCase(),
});

function refOf(path: z.output<typeof entityPathSchema>): string {
  return `${path.kind}:${path.namespace}/${path.name}`;
}

const isEntity = {
  message: 'must be the kind, namespace and name of an entity',
};

/** The path of a Service, read as its entity reference. */
export const serviceParamsSchema = entityPathSchema
  .refine(path => entityRefSchema.safeParse(refOf(path)).success, isEntity)
  .transform(path => ({ service: refOf(path) }));

/** The path of a Service in an Environment. */
export const laneParamsSchema = entityPathSchema
  .extend({ environment: environmentNameSchema })
  .refine(path => entityRefSchema.safeParse(refOf(path)).success, isEntity)
  .transform(path => ({
    service: refOf(path),
    environment: path.environment,
  }));

/** The path of a Release of a Service. */
export const releaseParamsSchema = entityPathSchema
  .extend({ number: z.coerce.number().int().positive() })
  .refine(path => entityRefSchema.safeParse(refOf(path)).success, isEntity)
  .transform(path => ({ service: refOf(path), number: path.number }));

/** Which page of a list. */
export const pageQuerySchema = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
