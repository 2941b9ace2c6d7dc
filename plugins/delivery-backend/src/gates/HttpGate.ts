// SPDX-License-Identifier: Apache-2.0
import { webUrlSchema } from 'backstage-plugin-delivery-common';
import type { Gate } from 'backstage-plugin-delivery-node';
import { z } from 'zod';
import { durationSchema } from '../domain/durationSchema';
import { fillIn } from '../domain/fillIn';
import { readPath } from '../domain/readPath';

const configSchema = z.strictObject({
  type: z.literal('http'),
  title: z.string().min(1).max(80).default('Check'),
  url: webUrlSchema,
  timeout: durationSchema.default(5_000),
  pass: z.strictObject({
    path: z
      .string()
      .regex(
        /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/,
        'must be a dotted path such as result.allowed',
      ),
    equals: z.union([z.string(), z.number(), z.boolean()]),
  }),
  reason: z
    .string()
    .regex(/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/)
    .optional(),
});

/**
 * Somebody else's service must agree.
 *
 * @remarks
 * A GET request of an allowed host (`delivery.outbound.hosts`), without
 * redirects; the JSON of the answer must hold the value. No answer, another
 * status than 200 or no JSON is unknown.
 *
 * ```yaml
 * gates:
 *   - type: http
 *     title: Change board
 *     url: https://board.example/changes?service={service}&release={release}
 *     timeout: 5s
 *     pass: { path: result.allowed, equals: true }
 *     reason: result.message
 * ```
 */
export const HttpGate: Gate<z.output<typeof configSchema>> = {
  type: 'http',
  title: config => config.title,
  configSchema,
  defaultFor: ['forward', 'automatic'],
  facts: (config, subject) => [
    { id: 'answer', url: fillIn(config.url, subject), timeout: config.timeout },
  ],
  evaluate(config, { facts }) {
    const answer = facts.get('answer');
    if (answer?.state !== 'known') {
      return {
        status: 'unknown',
        reason: answer?.reason ?? 'It was not asked yet.',
      };
    }
    const found = readPath(answer.body, config.pass.path);
    const said = config.reason && readPath(answer.body, config.reason);
    const reason =
      typeof said === 'string' && said !== ''
        ? said.slice(0, 400)
        : `${config.pass.path} is ${say(found)}`;
    return {
      status: found === config.pass.equals ? 'pass' : 'wait',
      reason,
      evidence: [
        {
          title: config.pass.path,
          value: say(found).slice(0, 200),
          at: answer.at,
        },
      ],
    };
  },
};

function say(value: unknown): string {
  return value === undefined ? 'not there' : JSON.stringify(value);
}
