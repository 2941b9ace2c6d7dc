// SPDX-License-Identifier: Apache-2.0
import { workloadLogsSchema } from 'backstage-plugin-delivery-common';
import { z } from 'zod';
import type { LogReader } from '../services/LogReader';
import { laneParamsSchema } from './inputSchemas';
import { userRoute, type Route } from './Route';

const NAME = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;
const nameSchema = z.string().regex(NAME, 'must be the name of an object');

/** The route to what Pods write. */
export function logRoutes({ logs }: { logs: LogReader }): Route[] {
  return [
    userRoute({
      method: 'get',
      path: '/v1/services/:kind/:namespace/:name/environments/:environment/logs',
      summary: 'What the pods of a service wrote lately, at most 64 KB',
      params: laneParamsSchema,
      query: z.object({
        pod: nameSchema.optional(),
        container: nameSchema.optional(),
        previous: z.enum(['true', 'false']).default('false'),
      }),
      answer: workloadLogsSchema,
      async handle({ credentials, params, query, request }) {
        const wanted = { ...query, previous: query.previous === 'true' };
        return {
          status: 200,
          body: await logs.read(params, wanted, { credentials, request }),
        };
      },
    }),
  ];
}
