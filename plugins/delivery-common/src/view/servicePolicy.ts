// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import {
  digestSchema,
  entityRefSchema,
  environmentNameSchema,
} from '../model/names';
import { promotionKindSchema } from '../model/promotionKind';

/** One Gate of a merged policy, with where it comes from. @public */
export const policyGateSchema = z.object({
  gate: z.string().max(60),
  type: z.string().max(60),
  title: z.string().max(80),
  origin: z.discriminatedUnion('from', [
    z.object({ from: z.literal('environment') }),
    z.object({ from: z.literal('policy'), name: z.string().max(60) }),
  ]),
  /** The kinds of Promotion it counts for. */
  kinds: z.array(promotionKindSchema),
  mode: z.enum(['enforce', 'audit']),
  onUnknown: z.enum(['wait', 'fail']),
  overridable: z.boolean(),
  /** What the configuration says besides; queries of addresses are left out. */
  settings: z.record(z.string(), z.json()),
});
/** One Gate of a merged policy, with where it comes from. @public */
export type PolicyGate = z.infer<typeof policyGateSchema>;

/** The Gates before an Environment for a Service: its own and those of policies. @public */
export const servicePolicySchema = z.object({
  service: entityRefSchema,
  environment: environmentNameSchema,
  /** Part of what an approval signs. */
  hash: digestSchema,
  gates: z.array(policyGateSchema),
});
/** The Gates before an Environment for a Service. @public */
export type ServicePolicy = z.infer<typeof servicePolicySchema>;
