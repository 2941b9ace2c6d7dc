// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

const jsonSchema = z.json();

/** Any value of JSON. @public */
export type Json = z.infer<typeof jsonSchema>;

/** An object of JSON. @public */
export type JsonMap = { [key: string]: Json };

/** Parses an object of JSON. @public */
export const jsonMapSchema = z.record(z.string(), jsonSchema);

/** Whether a value is an object of JSON, and not a list or nothing. @public */
export function isJsonMap(value: Json | undefined): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A deep copy, as it would come out of a store. @public */
export function copyJson<T>(value: T): T {
  return structuredClone(value);
}
