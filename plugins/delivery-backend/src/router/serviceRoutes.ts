// SPDX-License-Identifier: Apache-2.0
import {
  acknowledgementBodySchema,
  buildSummarySchema,
  cancellationBodySchema,
  doraReportSchema,
  entityRefSchema,
  environmentNameSchema,
  historyEntrySchema,
  holdBodySchema,
  listedReleaseSchema,
  markBodySchema,
  pageSchema,
  releaseDiffSchema,
  serviceConditionSchema,
  serviceDeliverySchema,
  serviceHealthSchema,
  serviceOverviewSchema,
  servicePolicySchema,
} from 'backstage-plugin-delivery-common';
import { z } from 'zod';
import type { DeliveryView } from '../services/DeliveryView';
import type { PromotionService } from '../services/PromotionService';
import {
  laneParamsSchema,
  pageQuerySchema,
  releaseParamsSchema,
  serviceParamsSchema,
} from './inputSchemas';
import { readRoute, userRoute, type Route } from './Route';

const SERVICE = '/v1/services/:kind/:namespace/:name';

/** The routes about Services. */
export function serviceRoutes({
  promotions,
  view,
}: {
  promotions: PromotionService;
  view: DeliveryView;
}): Route[] {
  return [
    readRoute({
      method: 'get',
      path: '/v1/services',
      summary: 'Where all services are, worst first',
      query: pageQuerySchema.extend({
        filter: z.string().max(200).optional(),
        condition: serviceConditionSchema.optional(),
      }),
      answer: pageSchema(serviceOverviewSchema),
      async handle({ credentials, query }) {
        return {
          status: 200,
          body: await view.listServices(query, { credentials }),
        };
      },
    }),
    readRoute({
      method: 'get',
      path: SERVICE,
      summary: 'Where one service is',
      params: serviceParamsSchema,
      answer: serviceDeliverySchema,
      async handle({ credentials, params }) {
        return {
          status: 200,
          body: await view.getService(params.service, { credentials }),
        };
      },
    }),
    readRoute({
      method: 'get',
      path: `${SERVICE}/releases`,
      summary: 'The releases of a service, newest first',
      params: serviceParamsSchema,
      query: pageQuerySchema,
      answer: pageSchema(listedReleaseSchema),
      async handle({ credentials, params, query }) {
        return {
          status: 200,
          body: await view.listReleases(params.service, query, { credentials }),
        };
      },
    }),
    readRoute({
      method: 'get',
      path: `${SERVICE}/history`,
      summary: 'What happened to a service, newest first',
      params: serviceParamsSchema,
      query: pageQuerySchema,
      answer: pageSchema(historyEntrySchema),
      async handle({ credentials, params, query }) {
        return {
          status: 200,
          body: await view.listHistory(params.service, query, { credentials }),
        };
      },
    }),
    readRoute({
      method: 'get',
      path: `${SERVICE}/builds`,
      summary: 'The newest builds of a service',
      params: serviceParamsSchema,
      query: pageQuerySchema,
      answer: pageSchema(buildSummarySchema),
      async handle({ credentials, params, query }) {
        return {
          status: 200,
          body: await view.listBuilds(params.service, query, { credentials }),
        };
      },
    }),
    readRoute({
      method: 'get',
      path: `${SERVICE}/diff`,
      summary: 'What changes when a release replaces what runs, or another one',
      params: serviceParamsSchema,
      query: z.object({
        environment: environmentNameSchema,
        to: z.string().min(1).max(360),
        from: z.string().min(1).max(360).optional(),
      }),
      answer: releaseDiffSchema,
      async handle({ credentials, params, query }) {
        return {
          status: 200,
          body: await view.getDiff(params.service, query, { credentials }),
        };
      },
    }),
    readRoute({
      method: 'get',
      path: `${SERVICE}/policy`,
      summary: 'The gates before an environment, those of policies included',
      params: serviceParamsSchema,
      query: z.object({ environment: environmentNameSchema }),
      answer: servicePolicySchema,
      async handle({ credentials, params, query }) {
        return {
          status: 200,
          body: await view.getPolicy(params.service, query, { credentials }),
        };
      },
    }),
    readRoute({
      method: 'get',
      path: '/v1/health/:kind/:namespace/:name',
      summary:
        'What delivery of a service lacks or cannot reach, and how to mend it',
      params: serviceParamsSchema,
      answer: serviceHealthSchema,
      async handle({ credentials, params }) {
        return {
          status: 200,
          body: await view.getHealth(params.service, { credentials }),
        };
      },
    }),
    readRoute({
      method: 'get',
      path: '/v1/metrics/dora',
      summary: 'The four figures of delivery into production',
      query: z.object({
        service: entityRefSchema.optional(),
        days: z.coerce.number().int().min(1).max(366).default(30),
      }),
      answer: doraReportSchema,
      async handle({ credentials, query }) {
        return {
          status: 200,
          body: await view.getDora(query, { credentials }),
        };
      },
    }),
    userRoute({
      method: 'post',
      path: `${SERVICE}/environments/:environment/acknowledgement`,
      summary: 'Say that somebody looked at a change from outside',
      params: laneParamsSchema,
      body: acknowledgementBodySchema,
      async handle({ body, credentials, params, request }) {
        await promotions.acknowledge(params, body, { credentials, request });
        return undefined;
      },
    }),
    userRoute({
      method: 'post',
      path: `${SERVICE}/environments/:environment/hold`,
      summary: 'Keep promotions out until somebody lifts the hold',
      params: laneParamsSchema,
      body: holdBodySchema,
      async handle({ body, credentials, params, request }) {
        await promotions.hold(params, body, { credentials, request });
        return undefined;
      },
    }),
    userRoute({
      method: 'post',
      path: `${SERVICE}/releases/:number/mark`,
      summary: 'Say that a release is bad, or take it back',
      params: releaseParamsSchema,
      body: markBodySchema,
      async handle({ body, credentials, params, request }) {
        await promotions.mark(params, body, { credentials, request });
        return undefined;
      },
    }),
    userRoute({
      method: 'post',
      path: `${SERVICE}/environments/:environment/hold-lift`,
      summary: 'Let automatic promotions in again',
      params: laneParamsSchema,
      body: cancellationBodySchema,
      async handle({ body, credentials, params, request }) {
        await promotions.liftHold(params, body, { credentials, request });
        return undefined;
      },
    }),
  ];
}
