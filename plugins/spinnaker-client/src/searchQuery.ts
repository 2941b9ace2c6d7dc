// SPDX-License-Identifier: Apache-2.0
import { assertPlain } from './assertPlain';
import { SearchExecutionsOptions } from './callOptions';

/**
 * The query of a search for executions; what the trigger must hold travels as base64.
 *
 * Throws `InputError` for a value in which Spinnaker would see a pattern.
 */
export function searchQuery(
  options: SearchExecutionsOptions,
): Record<string, string | number | boolean | undefined> {
  const { pipelineName, correlationId, parameters, since, statuses } = options;
  const trigger: Record<string, unknown> = {};
  if (correlationId !== undefined) {
    assertPlain('correlationId', correlationId);
    trigger.correlationId = correlationId;
  }
  if (parameters !== undefined) {
    for (const [name, value] of Object.entries(parameters)) {
      assertPlain(`parameter '${name}'`, value);
    }
    trigger.parameters = parameters;
  }
  return {
    pipelineName,
    trigger:
      Object.keys(trigger).length > 0
        ? Buffer.from(JSON.stringify(trigger)).toString('base64')
        : undefined,
    triggerTimeStartBoundary: since?.getTime(),
    statuses: statuses?.join(','),
    size: options.size ?? 10,
    expand: options.expand ?? false,
  };
}
