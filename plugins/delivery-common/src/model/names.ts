// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

/** A full entity reference in lower case, `kind:namespace/name`. @public */
export const entityRefSchema = z
  .string()
  .regex(
    /^[a-z][a-z0-9.-]*:[a-z0-9][a-z0-9._-]*\/[a-z0-9][a-z0-9._-]*$/,
    'must be a full entity reference such as component:default/orders',
  );
/** A full entity reference in lower case, `kind:namespace/name`. @public */
export type EntityRef = z.infer<typeof entityRefSchema>;

/** The name of an Environment: a DNS label of at most 40 characters. @public */
export const environmentNameSchema = z
  .string()
  .regex(
    /^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/,
    'must be lower case letters, digits and dashes, and start with a letter',
  );
/** The name of an Environment. @public */
export type EnvironmentName = z.infer<typeof environmentNameSchema>;

/** A content digest, `sha256:` and 64 hexadecimal digits. @public */
export const digestSchema = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/, 'must be sha256: and 64 hexadecimal digits');
/** A content digest, `sha256:` and 64 hexadecimal digits. @public */
export type Digest = z.infer<typeof digestSchema>;

/** A full Git commit id of 40 hexadecimal digits. @public */
export const commitIdSchema = z
  .string()
  .regex(/^[0-9a-f]{40}$/, 'must be a full commit id of 40 hexadecimal digits');

/** A ULID as Promotions carry it: 26 characters, sortable by time. @public */
export const ulidSchema = z
  .string()
  .regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/, 'must be a ULID');

/** A chart version as Releases carry it: `major.minor.number`. @public */
export const chartVersionSchema = z
  .string()
  .regex(/^\d+\.\d+\.\d+$/, 'must be major.minor.number');

/** An instant, ISO 8601 in UTC. @public */
export const instantSchema = z.iso.datetime();

/** Text a person typed: trimmed, no control characters, bounded. @public */
export const reasonSchema = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(1000, 'must be at most 1000 characters')
  // \p{Cc} covers what a terminal or a log could misread
  .refine(text => !/[^\P{Cc}\n\t]/u.test(text), {
    message: 'must not hold control characters',
  });

/** An http or https address for people to follow. @public */
export const webUrlSchema = z
  .url({ protocol: /^https?$/ })
  .max(2048, 'must be at most 2048 characters');
