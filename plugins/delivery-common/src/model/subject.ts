// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { digestSchema, environmentNameSchema } from './names';
import { promotionKindSchema } from './promotionKind';

/**
 * What an approval signs, field by field.
 *
 * @remarks
 * Its fingerprint is the SHA-256 over the canonical JSON of exactly these
 * fields; a change of any one of them voids the approvals.
 * @public
 */
export const subjectSchema = z.object({
  entityUid: z.string().max(100),
  environment: environmentNameSchema,
  releaseFingerprint: digestSchema,
  /** The digests that run in the Environment now, sorted; empty when nothing runs. */
  runsNow: z.array(z.string().max(100)).max(100),
  pipelineId: z.string().max(200),
  pipelineHash: z.string().max(100),
  policyHash: digestSchema,
  kind: promotionKindSchema,
});
/** What an approval signs, field by field. @public */
export type Subject = z.infer<typeof subjectSchema>;
