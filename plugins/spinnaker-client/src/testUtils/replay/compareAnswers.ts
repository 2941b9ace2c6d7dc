// SPDX-License-Identifier: Apache-2.0
import { isJsonMap, Json } from '../model/Json';

/** Fields whose inside belongs to another system, or is free text of Spinnaker's. */
const OPAQUE = new Set([
  'artifacts',
  'body',
  'clusters',
  'customHeaders',
  'expressionEvaluationSummary',
  'headers',
  'jobStatus',
  'kato.tasks',
  'manifest',
  'manifests',
  'messages',
  'optionalArtifacts',
  'outputs.boundArtifacts',
  'outputs.createdArtifacts',
  'outputs.manifestNamesByNamespace',
  'outputs.manifests',
  'payload',
  'preconditions',
  'resolvedExpectedArtifacts',
  'variables',
]);

/** Fields that must also have the same value. */
const SAME_VALUE = new Set([
  'canceled',
  'canceledBy',
  'error',
  'exception',
  'exceptionType',
  'judgmentStatus',
  'name',
  'operation',
  'refId',
  'status',
  'statusCode',
  'statusCodeValue',
  'type',
]);

/**
 * Where an answer of the fake differs from a recorded one: other keys, other types, or
 * another status.
 *
 * @remarks
 * A list is compared item by item when both are of one length, otherwise each item with
 * the first recorded one.
 */
export function compareAnswers(
  recorded: Json,
  actual: Json | undefined,
  options: { ignore?: string[] } = {},
): string[] {
  const differences: string[] = [];
  const ignored = new Set(options.ignore);

  function walk(expected: Json, found: Json | undefined, path: string): void {
    const key = path.split('/').at(-1) ?? '';
    if (kindOf(expected) !== kindOf(found)) {
      differences.push(
        `${path}: ${kindOf(expected)} recorded, ${kindOf(found)} found`,
      );
      return;
    }
    if (OPAQUE.has(key)) {
      return;
    }
    if (Array.isArray(expected) && Array.isArray(found)) {
      walkList(expected, found, path);
    } else if (isJsonMap(expected) && isJsonMap(found)) {
      for (const name of new Set([
        ...Object.keys(expected),
        ...Object.keys(found),
      ])) {
        const at = `${path}/${name}`;
        if (ignored.has(name) || ignored.has(at)) {
          continue;
        }
        if (!(name in found)) {
          differences.push(`${at}: missing`);
        } else if (!(name in expected)) {
          differences.push(`${at}: not recorded`);
        } else {
          walk(expected[name], found[name], at);
        }
      }
    } else if (SAME_VALUE.has(key) && !sameText(expected, found)) {
      differences.push(
        `${path}: ${JSON.stringify(expected)} recorded, ${JSON.stringify(
          found,
        )} found`,
      );
    }
  }

  function walkList(expected: Json[], found: Json[], path: string): void {
    if (expected.length === found.length) {
      expected.forEach((item, index) =>
        walk(item, found[index], `${path}/${index}`),
      );
    } else if (expected.length === 0 || found.length === 0) {
      differences.push(
        `${path}: ${expected.length} recorded, ${found.length} found`,
      );
    }
  }

  walk(recorded, actual, '');
  return differences;
}

function kindOf(value: Json | undefined): string {
  if (value === null) {
    return 'null';
  }
  return Array.isArray(value) ? 'list' : typeof value;
}

/** Equal but for what only that installation had: addresses and ids. */
function sameText(a: Json, b: Json | undefined): boolean {
  return typeof a === 'string' && a.length > 40 ? true : a === b;
}
