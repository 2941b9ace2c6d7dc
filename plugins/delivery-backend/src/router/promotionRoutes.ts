// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import {
  approvalBodySchema,
  approvalRequestSchema,
  cancellationBodySchema,
  decisionSchema,
  entityRefSchema,
  environmentNameSchema,
  instantSchema,
  overrideBodySchema,
  pageSchema,
  phaseSchema,
  promotionDetailSchema,
  promotionRequestSchema,
  promotionSchema,
  resolutionBodySchema,
  reviewBodySchema,
} from 'backstage-plugin-delivery-common';
import { z } from 'zod';
import type { DeliveryView } from '../services/DeliveryView';
import type { PromotionService } from '../services/PromotionService';
import { pageQuerySchema } from './inputSchemas';
import { parseInput } from './parseInput';
import { readRoute, userRoute, type Route } from './Route';

const paramsSchema = z.object({ id: z.string().max(40) });

const previewSchema = z.object({
  decision: decisionSchema,
  subject: z.string(),
  acceptable: z.boolean(),
});

const headersSchema = z.looseObject({
  'idempotency-key': z
    .string()
    .regex(
      /^[A-Za-z0-9._:-]{1,100}$/,
      'must be at most 100 letters, digits, dots, dashes, underscores and colons',
    ),
});

/** The routes about Promotions and their approvals. */
export function promotionRoutes({
  promotions,
  view,
}: {
  promotions: PromotionService;
  view: DeliveryView;
}): Route[] {
  return [
    readRoute({
      method: 'get',
      path: '/v1/promotions',
      summary: 'Promotions, newest first',
      query: pageQuerySchema.extend({
        service: entityRefSchema.optional(),
        environment: environmentNameSchema.optional(),
        phase: phaseSchema.optional(),
      }),
      answer: pageSchema(promotionSchema),
      async handle({ credentials, query }) {
        return {
          status: 200,
          body: await view.listPromotions(query, { credentials }),
        };
      },
    }),
    userRoute({
      method: 'post',
      path: '/v1/promotions',
      summary:
        'Ask for a promotion (201), or with dryRun=true only for the decision on it (200)',
      query: z.object({
        dryRun: z
          .enum(['true', 'false'])
          .default('false')
          .transform(text => text === 'true'),
        at: instantSchema.optional(),
      }),
      body: promotionRequestSchema,
      answer: z.union([promotionSchema, previewSchema]),
      async handle({ body, credentials, query, request }) {
        if (query.dryRun) {
          const at = query.at === undefined ? undefined : new Date(query.at);
          return {
            status: 200,
            body: await promotions.preview(body, { credentials, request, at }),
          };
        }
        if (query.at !== undefined) {
          throw new InputError(
            'at: can only be asked about with dryRun=true; scheduledFor in the body promotes later',
          );
        }
        const headers = parseInput(headersSchema, request.headers, 'query');
        return {
          status: 201,
          body: await promotions.request(
            { ...body, idempotencyKey: headers['idempotency-key'] },
            { credentials, request },
          ),
        };
      },
    }),
    readRoute({
      method: 'get',
      path: '/v1/promotions/:id',
      summary: 'One promotion with its decision, approvals and record',
      params: paramsSchema,
      answer: promotionDetailSchema,
      async handle({ credentials, params }) {
        return {
          status: 200,
          body: await view.getPromotion(params.id, { credentials }),
        };
      },
    }),
    userRoute({
      method: 'post',
      path: '/v1/promotions/:id/approvals',
      summary: 'Approve or reject what was seen',
      params: paramsSchema,
      body: approvalBodySchema,
      answer: promotionDetailSchema,
      async handle({ body, credentials, params, request }) {
        await promotions.decide(params.id, body, { credentials, request });
        return {
          status: 200,
          body: await view.getPromotion(params.id, { credentials }),
        };
      },
    }),
    userRoute({
      method: 'post',
      path: '/v1/promotions/:id/overrides',
      summary: 'Let named gates pass (break glass), to be reviewed later',
      params: paramsSchema,
      body: overrideBodySchema,
      answer: promotionDetailSchema,
      async handle({ body, credentials, params, request }) {
        await promotions.override(params.id, body, { credentials, request });
        return {
          status: 200,
          body: await view.getPromotion(params.id, { credentials }),
        };
      },
    }),
    userRoute({
      method: 'post',
      path: '/v1/overrides/:id/review',
      summary: 'Close the review of an override that somebody else made',
      params: paramsSchema,
      body: reviewBodySchema,
      async handle({ body, credentials, params, request }) {
        await promotions.review(params.id, body, { credentials, request });
        return undefined;
      },
    }),
    userRoute({
      method: 'post',
      path: '/v1/promotions/:id/cancellation',
      summary: 'Cancel a promotion; a wish once an execution may exist',
      params: paramsSchema,
      body: cancellationBodySchema,
      answer: promotionDetailSchema,
      async handle({ body, credentials, params, request }) {
        await promotions.cancel(params.id, body, { credentials, request });
        return {
          status: 200,
          body: await view.getPromotion(params.id, { credentials }),
        };
      },
    }),
    userRoute({
      method: 'post',
      path: '/v1/promotions/:id/resolution',
      summary: 'Say what was found about a promotion that needs attention',
      params: paramsSchema,
      body: resolutionBodySchema,
      answer: promotionDetailSchema,
      async handle({ body, credentials, params, request }) {
        await promotions.resolve(params.id, body, { credentials, request });
        return {
          status: 200,
          body: await view.getPromotion(params.id, { credentials }),
        };
      },
    }),
    readRoute({
      method: 'get',
      path: '/v1/approvals',
      summary: 'What waits for the person, was asked or decided by the person',
      query: z.object({
        view: z.enum(['waiting', 'asked', 'decided']).default('waiting'),
      }),
      answer: pageSchema(approvalRequestSchema),
      async handle({ credentials, query }) {
        return {
          status: 200,
          body: await view.listApprovals(query, { credentials }),
        };
      },
    }),
  ];
}
