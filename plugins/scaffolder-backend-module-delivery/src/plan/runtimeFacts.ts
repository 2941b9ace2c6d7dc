// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import { parse } from 'yaml';
import { z } from 'zod';
import { pathSchema, pinnedImageSchema } from './answerSchemas';

const port = z.number().int().min(1).max(65535);

const publishedSchema = z.strictObject({
  repository: z.string().optional(),
  name: z.string().optional(),
  version: z.string().optional(),
  image: z
    .strictObject({
      registry: pathSchema.optional(),
      name: pathSchema.optional(),
      tag: pathSchema.optional(),
      digest: pathSchema.optional(),
    })
    .optional(),
  replicas: pathSchema.optional(),
  resources: pathSchema.optional(),
  host: pathSchema.optional(),
  selectorLabel: z.string().optional(),
});

const runtimeFactsSchema = z.strictObject({
  baseImage: pinnedImageSchema,
  container: z.strictObject({
    port,
    healthPath: z.string().startsWith('/'),
    healthPort: port.optional(),
    startSeconds: z.number().int().min(2),
    user: z.number().int().min(1),
    readOnlyRootFilesystem: z.boolean(),
    scratch: z.array(z.string()),
  }),
  resources: z.strictObject({
    requests: z.strictObject({ cpu: z.string(), memory: z.string() }),
    limits: z.strictObject({ memory: z.string() }),
  }),
  progressDeadlineSeconds: z.number().int().min(10),
  testCommand: z.array(z.string()),
  develop: z.string(),
  published: publishedSchema.optional(),
});

/** What a template says of one of its runtimes in `runtimes/<name>/runtime.yaml`. */
export type RuntimeFacts = z.infer<typeof runtimeFactsSchema>;

/**
 * Reads the description of a runtime.
 *
 * @throws InputError naming the key that cannot be used.
 */
export function readRuntimeFacts(text: string): RuntimeFacts {
  const parsed = runtimeFactsSchema.safeParse(parse(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InputError(
      `The runtime.yaml of the template cannot be used: ${issue.path.join(
        '.',
      )}: ${issue.message}`,
    );
  }
  return parsed.data;
}
