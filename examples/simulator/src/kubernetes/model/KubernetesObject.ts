// SPDX-License-Identifier: Apache-2.0
import type { JsonObject, JsonValue } from '@backstage/types';
import { z } from 'zod';
import { jsonValue } from './jsonValue';

/** Tells a JSON object from every other JSON value. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The reference of a dependent to the object it belongs to. */
export type OwnerReference = {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
};

/** What every stored object carries in `metadata`. */
export type ObjectMetadata = {
  name: string;
  namespace?: string;
  uid: string;
  resourceVersion: string;
  generation?: number;
  creationTimestamp: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
  ownerReferences?: OwnerReference[];
  finalizers?: string[];
  [key: string]: JsonValue | undefined;
};

/** An object as the API server stores and answers it; never changed in place. */
export type KubernetesObject = {
  apiVersion: string;
  kind: string;
  metadata: ObjectMetadata;
  [key: string]: JsonValue | undefined;
};

/** An object as a client sends it: no identity given by the server yet. */
export type ObjectManifest = {
  apiVersion: string;
  kind: string;
  metadata: Partial<ObjectMetadata>;
  [key: string]: JsonValue | undefined;
};

const stringMap = z.record(z.string(), z.string());

const optional = <T extends z.ZodType>(schema: T) =>
  z
    .union([schema, z.null()])
    .transform(value => value ?? undefined)
    .optional();

/** Reads the manifest a client sent; a `null` counts as absent, as in the real server. */
export const objectManifestSchema = z
  .object({
    apiVersion: z.string().min(1),
    kind: z.string().min(1),
    metadata: z
      .object({
        name: z.string().optional(),
        generateName: z.string().optional(),
        namespace: z.string().optional(),
        uid: z.string().optional(),
        resourceVersion: z.string().optional(),
        generation: z.number().optional(),
        creationTimestamp: optional(z.string()),
        deletionTimestamp: optional(z.string()),
        labels: optional(stringMap),
        annotations: optional(stringMap),
        finalizers: optional(z.array(z.string())),
        ownerReferences: optional(
          z.array(
            z.object({
              apiVersion: z.string(),
              kind: z.string(),
              name: z.string(),
              uid: z.string(),
              controller: z.boolean().optional(),
              blockOwnerDeletion: z.boolean().optional(),
            }),
          ),
        ),
      })
      .catchall(jsonValue)
      .default({}),
  })
  .catchall(jsonValue);

/** Reads an object of ours back from the state file. */
export const storedObjectSchema = z
  .object({
    apiVersion: z.string(),
    kind: z.string(),
    metadata: z
      .object({
        name: z.string(),
        namespace: z.string().optional(),
        uid: z.string(),
        resourceVersion: z.string(),
        generation: z.number().optional(),
        creationTimestamp: z.string(),
        deletionTimestamp: z.string().optional(),
        deletionGracePeriodSeconds: z.number().optional(),
        labels: stringMap.optional(),
        annotations: stringMap.optional(),
        finalizers: z.array(z.string()).optional(),
        ownerReferences: z
          .array(
            z.object({
              apiVersion: z.string(),
              kind: z.string(),
              name: z.string(),
              uid: z.string(),
              controller: z.boolean().optional(),
              blockOwnerDeletion: z.boolean().optional(),
            }),
          )
          .optional(),
      })
      .catchall(jsonValue),
  })
  .catchall(jsonValue);
