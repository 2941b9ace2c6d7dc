// SPDX-License-Identifier: Apache-2.0
import {
  environmentNameSchema,
  promotionKindSchema,
  tierSchema,
} from 'backstage-plugin-delivery-common';
import { z } from 'zod';
import { durationSchema } from '../domain/durationSchema';

const nameSchema = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(100, 'must be at most 100 characters');

/** A namespace with at most `{service}` in it; the rest as Kubernetes allows. */
const namespacePatternSchema = z
  .string()
  .max(63, 'must be at most 63 characters')
  .refine(
    pattern =>
      /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(
        pattern.replaceAll('{service}', 's'),
      ),
    'must be lower case letters, digits and dashes, with {service} in place of the name of the service',
  );

const kindsSchema = z
  .array(promotionKindSchema)
  .min(1, 'must name at least one of forward, automatic, rollback');

/**
 * What every gate has besides its own configuration. A `for` that is no list is
 * the gate's own, as the soak gate's duration is.
 */
export const gateEntrySchema = z.looseObject({
  type: nameSchema,
  id: environmentNameSchema.optional(),
  kinds: kindsSchema.optional(),
  mode: z.enum(['enforce', 'audit']).default('enforce'),
  onUnknown: z.enum(['wait', 'fail']).default('wait'),
  overridable: z.boolean().default(true),
});

/** `for: [forward, rollback]` of a gate, when it is a list. */
export const gateKindsSchema = kindsSchema;

/** One entry of `delivery.policies`, without its gates' own configuration. */
export const policyConfigSchema = z.strictObject({
  name: environmentNameSchema,
  match: z
    .strictObject({
      tags: z.array(nameSchema).min(1).optional(),
      tiers: z.array(tierSchema).min(1).optional(),
      owners: z.array(nameSchema).min(1).optional(),
      systems: z.array(nameSchema).min(1).optional(),
      environments: z.array(environmentNameSchema).min(1).optional(),
    })
    .default({}),
  gates: z.array(z.unknown()).min(1, 'must hold at least one gate'),
});

/** One entry of `delivery.environments`, without its gates' own configuration. */
export const environmentConfigSchema = z.strictObject({
  name: environmentNameSchema,
  tier: tierSchema,
  after: z.array(environmentNameSchema).default([]),
  entry: z.enum(['automatic', 'requested']).default('requested'),
  cluster: nameSchema,
  namespace: namespacePatternSchema,
  account: nameSchema,
  gates: z.array(z.unknown()).default([]),
  verifyFor: durationSchema.default(30_000),
  verifyWithin: durationSchema.default(600_000),
  onFailure: z.enum(['stop', 'rollback']).default('stop'),
  onNewer: z.enum(['supersede', 'queue']).default('supersede'),
});
