// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { evidenceSchema } from './evidence';
import {
  chartVersionSchema,
  commitIdSchema,
  digestSchema,
  entityRefSchema,
  environmentNameSchema,
  instantSchema,
  webUrlSchema,
} from './names';

/** Why a Release exists. @public */
export const changeKindSchema = z.enum([
  'source',
  'base-image',
  'configuration',
]);
/** Why a Release exists. @public */
export type ChangeKind = z.infer<typeof changeKindSchema>;

/** One Git commit as shown to people. @public */
export const commitSchema = z.object({
  id: commitIdSchema,
  title: z.string().max(200),
  author: z.object({
    name: z.string().max(200),
    email: z.string().max(320).optional(),
  }),
  at: instantSchema.optional(),
  url: webUrlSchema.optional(),
});
/** One Git commit as shown to people. @public */
export type Commit = z.infer<typeof commitSchema>;

/** One CI run. @public */
export const buildRefSchema = z.object({
  job: z.string().max(300),
  number: z.number().int().positive(),
  url: webUrlSchema.optional(),
});
/** One CI run. @public */
export type BuildRef = z.infer<typeof buildRefSchema>;

/** One image of a Release, pinned by digest. @public */
export const releaseImageSchema = z.object({
  name: z.string().min(1).max(300),
  tag: z.string().min(1).max(128),
  digest: digestSchema,
  base: z
    .object({ reference: z.string().max(400), digest: digestSchema })
    .optional(),
});
/** One image of a Release, pinned by digest. @public */
export type ReleaseImage = z.infer<typeof releaseImageSchema>;

/** A statement of a person that a Release must not go further. @public */
export const markSchema = z.object({
  by: entityRefSchema,
  at: instantSchema,
  reason: z.string(),
});
/** A statement of a person that a Release must not go further. @public */
export type Mark = z.infer<typeof markSchema>;

/**
 * The immutable thing that moves.
 *
 * @remarks
 * `number` counts the commits on the chart repository's default branch up to
 * the Release's own; `fingerprint` is the SHA-256 of the canonical chart,
 * values and images.
 * @public
 */
export const releaseSchema = z.object({
  id: z.string(),
  service: entityRefSchema,
  number: z.number().int().positive(),
  fingerprint: digestSchema,
  chart: z.object({
    name: z.string().min(1).max(100),
    version: chartVersionSchema,
    digest: digestSchema,
    repository: z.string().max(1000),
  }),
  values: z.object({
    repository: z.string().max(1000),
    commit: commitIdSchema,
    files: z.record(environmentNameSchema, digestSchema),
  }),
  images: z.array(releaseImageSchema).max(20),
  change: z.object({
    kind: changeKindSchema,
    commits: z.array(commitSchema).max(50),
  }),
  build: buildRefSchema,
  evidence: evidenceSchema,
  builtAt: instantSchema,
  markedBad: markSchema.optional(),
});
/** The immutable thing that moves. @public */
export type Release = z.infer<typeof releaseSchema>;

/** What a tile needs of a Release. @public */
export const releaseSummarySchema = z.object({
  id: z.string(),
  number: z.number().int().positive(),
  change: changeKindSchema,
  chartVersion: chartVersionSchema,
  valuesCommit: commitIdSchema,
  images: z.array(
    releaseImageSchema.pick({ name: true, tag: true, digest: true }),
  ),
  builtAt: instantSchema,
  build: buildRefSchema,
  markedBad: markSchema.optional(),
});
/** What a tile needs of a Release. @public */
export type ReleaseSummary = z.infer<typeof releaseSummarySchema>;
