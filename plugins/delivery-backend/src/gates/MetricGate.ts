// SPDX-License-Identifier: Apache-2.0
import { webUrlSchema } from 'backstage-plugin-delivery-common';
import type { Gate } from 'backstage-plugin-delivery-node';
import { z } from 'zod';
import { durationSchema } from '../domain/durationSchema';
import { fillIn } from '../domain/fillIn';

const configSchema = z
  .strictObject({
    type: z.literal('metric'),
    title: z.string().min(1).max(80),
    prometheus: webUrlSchema,
    query: z.string().min(1).max(2000),
    max: z.number().optional(),
    min: z.number().optional(),
    timeout: durationSchema.default(5_000),
  })
  .refine(({ max, min }) => max !== undefined || min !== undefined, {
    message: 'needs a bound: max, min or both',
    path: ['max'],
  });

/** The answer of Prometheus to an instant query, as far as it is used. */
const answerSchema = z.object({
  status: z.literal('success'),
  data: z.discriminatedUnion('resultType', [
    z.object({
      resultType: z.literal('vector'),
      result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })),
    }),
    z.object({
      resultType: z.literal('scalar'),
      result: z.tuple([z.number(), z.string()]),
    }),
  ]),
});

/**
 * A figure must lie within bounds.
 *
 * @remarks
 * An instant query of Prometheus on an allowed host (`delivery.outbound.hosts`).
 * Every series of the answer must lie within the bounds; no data, and what is no
 * number, is unknown.
 *
 * ```yaml
 * gates:
 *   - type: metric
 *     title: Error rate
 *     prometheus: https://prometheus.example
 *     query: sum(rate(http_errors_total{service="{service}",environment="staging"}[10m]))
 *     max: 0.005
 * ```
 */
export const MetricGate: Gate<z.output<typeof configSchema>> = {
  type: 'metric',
  title: config => config.title,
  configSchema,
  defaultFor: ['forward', 'automatic'],
  facts(config, subject) {
    const url = new URL('/api/v1/query', config.prometheus);
    url.searchParams.set('query', fillIn(config.query, subject));
    return [{ id: 'answer', url: url.href, timeout: config.timeout }];
  },
  evaluate(config, { facts }) {
    const answer = facts.get('answer');
    if (answer?.state !== 'known') {
      return {
        status: 'unknown',
        reason: answer?.reason ?? 'It was not asked yet.',
      };
    }
    const parsed = answerSchema.safeParse(answer.body);
    if (!parsed.success) {
      return {
        status: 'unknown',
        reason: 'Prometheus did not answer with figures.',
      };
    }
    const { data } = parsed.data;
    const figures =
      data.resultType === 'scalar'
        ? [Number(data.result[1])]
        : data.result.map(({ value }) => Number(value[1]));
    if (figures.length === 0 || figures.some(figure => Number.isNaN(figure))) {
      return { status: 'unknown', reason: 'No data.' };
    }
    const worst = figures.find(figure => !within(figure, config)) ?? figures[0];
    const bounds = [
      ...(config.min === undefined ? [] : [`at least ${config.min}`]),
      ...(config.max === undefined ? [] : [`at most ${config.max}`]),
    ].join(', ');
    return {
      status: within(worst, config) ? 'pass' : 'wait',
      reason: `${worst}, ${bounds} allowed.`,
      evidence: [{ title: config.title, value: String(worst), at: answer.at }],
    };
  },
};

function within(
  figure: number,
  { max, min }: { max?: number; min?: number },
): boolean {
  return (
    (max === undefined || figure <= max) && (min === undefined || figure >= min)
  );
}
