// SPDX-License-Identifier: Apache-2.0
import Ajv, { type ValidateFunction } from 'ajv';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';

const objectSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    labels: z.record(z.string(), z.string()).optional(),
  }),
});

/** A Kubernetes object as it was rendered. */
export type RenderedObject = z.infer<typeof objectSchema>;

// Kubernetes' own OpenAPI document, closed to fields it does not know.
const schemaSchema = z.object({
  oneOf: z.array(z.object({ $ref: z.string() })),
  definitions: z.record(z.string(), z.looseObject({})),
});

let validators: Map<string, ValidateFunction> | undefined;

/** Reads the objects of a rendered file. */
export function readObjects(yaml: string): RenderedObject[] {
  return parseAllDocuments(yaml)
    .map(document => document.toJS())
    .filter(Boolean)
    .map(one => objectSchema.parse(one));
}

/**
 * What Kubernetes 1.35 would not understand of an object, in sentences; nothing when all is
 * well. A kind that it does not have itself is one of the sentences.
 */
export function faultsOf(object: RenderedObject): string[] {
  validators ??= compile();
  const { kind } = object;
  const validate = validators.get(kind);
  if (!validate) {
    return [`There is no schema of the kind ${kind}`];
  }
  return validate(object)
    ? []
    : (validate.errors ?? []).map(
        ({ instancePath, message, params }) =>
          `${kind}${instancePath} ${message} ${JSON.stringify(params)}`,
      );
}

function compile(): Map<string, ValidateFunction> {
  const document = schemaSchema.parse(
    JSON.parse(
      readFileSync(
        join(__dirname, 'fixtures', 'kubernetes-1.35.0.schema.json'),
        'utf8',
      ),
    ),
  );
  const ajv = new Ajv({ strict: false, allErrors: true });
  return new Map(
    document.oneOf.map(({ $ref }) => [
      $ref.split('.').at(-1) ?? '',
      ajv.compile({ $ref, definitions: document.definitions }),
    ]),
  );
}
