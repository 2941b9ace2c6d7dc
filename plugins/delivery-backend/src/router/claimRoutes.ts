// SPDX-License-Identifier: Apache-2.0
import {
  claimAnswerSchema,
  claimBodySchema,
  type ClaimAnswer,
} from 'backstage-plugin-delivery-common';
import { z } from 'zod';
import type { ClaimService } from '../services/ClaimService';
import { serviceRoute, type Route } from './Route';

const executionSchema = z.object({ executionId: z.string().min(1).max(100) });

/**
 * The routes of the engine's question.
 *
 * @param options - `baseUrl` is where the engine finds this API; the answer
 * links to its own status there.
 */
export function claimRoutes(options: {
  claims: ClaimService;
  baseUrl: string;
}): Route[] {
  const { baseUrl, claims } = options;
  const linked = (
    executionId: string,
    answer: Pick<ClaimAnswer, 'status' | 'progress'>,
  ): ClaimAnswer => ({
    status: answer.status,
    progress: answer.progress,
    links: {
      status: `${baseUrl}/v1/claims/${encodeURIComponent(executionId)}`,
    },
  });
  return [
    serviceRoute({
      method: 'post',
      path: '/v1/claims',
      summary: 'Ask whether an execution may enter its environment',
      body: claimBodySchema,
      answer: claimAnswerSchema,
      async handle({ body: { executionId, promotionId } }) {
        const answer = await claims.claim({
          executionId,
          promotionId: promotionId ?? undefined,
        });
        return { status: 200, body: linked(executionId, answer) };
      },
    }),
    serviceRoute({
      method: 'post',
      path: '/v1/claims/cancel',
      summary: 'Say that an execution was given up before it was admitted',
      body: executionSchema,
      async handle({ body }) {
        await claims.withdraw(body.executionId);
        return undefined;
      },
    }),
    serviceRoute({
      method: 'get',
      path: '/v1/claims/:executionId',
      summary: 'Where a claim stands',
      params: executionSchema,
      answer: claimAnswerSchema,
      async handle({ params: { executionId } }) {
        return {
          status: 200,
          body: linked(executionId, await claims.status(executionId)),
        };
      },
    }),
  ];
}
