// SPDX-License-Identifier: Apache-2.0
import { ResponseError } from '@backstage/errors';
import { z } from 'zod';
import { promotionSchema } from '../model/promotion';
import { decisionSchema } from '../model/verdict';
import { approvalRequestSchema } from '../view/approvalRequest';
import {
  auditLineSchema,
  auditVerificationSchema,
  type AuditLine,
} from '../view/auditVerification';
import { buildSummarySchema } from '../view/buildSummary';
import { doctorReportSchema } from '../view/doctorReport';
import { doraReportSchema } from '../view/doraFigures';
import { historyEntrySchema } from '../view/historyEntry';
import { listedReleaseSchema } from '../view/listedRelease';
import { pageSchema } from '../view/page';
import { promotionDetailSchema } from '../view/promotionDetail';
import { releaseDiffSchema } from '../view/releaseDiff';
import { serviceDeliverySchema } from '../view/serviceDelivery';
import { serviceHealthSchema } from '../view/serviceHealth';
import { serviceOverviewSchema } from '../view/serviceOverview';
import { servicePolicySchema } from '../view/servicePolicy';
import { workloadLogsSchema } from '../view/workloadLogs';
import type {
  DeliveryApi,
  DeliveryRequestOptions,
  PageRequest,
} from './DeliveryApi';
import type { DeliveryInsightApi } from './DeliveryInsightApi';
import { linesOf } from './linesOf';
import { renewAges } from './renewAges';
import type {
  AcknowledgementBody,
  ApprovalBody,
  CancellationBody,
  HoldBody,
  MarkBody,
  OverrideBody,
  PromotionRequest,
  ResolutionBody,
  ReviewBody,
} from './requests';

type Query = Record<string, string | number | undefined>;

const ENTITY_REF = /^([^:/]+):([^:/]+)\/([^:/]+)$/;

/**
 * The HTTP client of delivery, for the portal's pages and for other backends.
 *
 * @remarks
 * Answers are parsed, so a portal that is older or newer than its backend fails
 * with the path of the difference rather than later on a missing field.
 * @public
 */
export class DeliveryClient implements DeliveryApi, DeliveryInsightApi {
  readonly #discovery: { getBaseUrl(pluginId: string): Promise<string> };
  readonly #fetch: typeof fetch;

  constructor(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi?: { fetch: typeof fetch };
  }) {
    this.#discovery = options.discoveryApi;
    this.#fetch = options.fetchApi?.fetch ?? ((...args) => fetch(...args));
  }

  listServices(
    request: PageRequest & { filter?: string; condition?: string },
    options?: DeliveryRequestOptions,
  ) {
    return this.#get(
      '/v1/services',
      { ...request },
      pageSchema(serviceOverviewSchema),
      options,
    );
  }

  getService(service: string, options?: DeliveryRequestOptions) {
    return this.#getDelivery(servicePath(service), options);
  }

  listReleases(
    service: string,
    request: PageRequest,
    options?: DeliveryRequestOptions,
  ) {
    return this.#get(
      `${servicePath(service)}/releases`,
      { ...request },
      pageSchema(listedReleaseSchema),
      options,
    );
  }

  listHistory(
    service: string,
    request: PageRequest,
    options?: DeliveryRequestOptions,
  ) {
    return this.#get(
      `${servicePath(service)}/history`,
      { ...request },
      pageSchema(historyEntrySchema),
      options,
    );
  }

  listBuilds(
    service: string,
    request: PageRequest,
    options?: DeliveryRequestOptions,
  ) {
    return this.#get(
      `${servicePath(service)}/builds`,
      { ...request },
      pageSchema(buildSummarySchema),
      options,
    );
  }

  getLogs(
    service: string,
    {
      environment,
      pod,
      previous,
    }: { environment: string; pod?: string; previous?: boolean },
    options?: DeliveryRequestOptions,
  ) {
    return this.#get(
      `${servicePath(service)}/environments/${encodeURIComponent(
        environment,
      )}/logs`,
      { pod, previous: previous ? 'true' : undefined },
      workloadLogsSchema,
      options,
    );
  }

  getDiff(
    service: string,
    request: { environment: string; to: string; from?: string },
    options?: DeliveryRequestOptions,
  ) {
    return this.#get(
      `${servicePath(service)}/diff`,
      { ...request },
      releaseDiffSchema,
      options,
    );
  }

  previewPromotion(
    request: PromotionRequest & { at?: string },
    options?: DeliveryRequestOptions,
  ) {
    const { at, ...body } = request;
    return this.#post(
      `/v1/promotions?${new URLSearchParams({
        dryRun: 'true',
        ...(at ? { at } : {}),
      })}`,
      body,
      z.object({
        decision: decisionSchema,
        subject: z.string(),
        acceptable: z.boolean(),
      }),
      options,
    );
  }

  createPromotion(
    request: PromotionRequest & { idempotencyKey: string },
    options?: DeliveryRequestOptions,
  ) {
    const { idempotencyKey, ...body } = request;
    return this.#post('/v1/promotions', body, promotionSchema, options, {
      'Idempotency-Key': idempotencyKey,
    });
  }

  listPromotions(
    request: PageRequest & {
      service?: string;
      environment?: string;
      phase?: string;
    },
    options?: DeliveryRequestOptions,
  ) {
    return this.#get(
      '/v1/promotions',
      { ...request },
      pageSchema(promotionSchema),
      options,
    );
  }

  getPromotion(id: string, options?: DeliveryRequestOptions) {
    return this.#get(
      `/v1/promotions/${encodeURIComponent(id)}`,
      {},
      promotionDetailSchema,
      options,
    );
  }

  decide(
    promotionId: string,
    body: ApprovalBody,
    options?: DeliveryRequestOptions,
  ) {
    return this.#act(promotionId, 'approvals', body, options);
  }

  cancel(
    promotionId: string,
    body: CancellationBody,
    options?: DeliveryRequestOptions,
  ) {
    return this.#act(promotionId, 'cancellation', body, options);
  }

  resolve(
    promotionId: string,
    body: ResolutionBody,
    options?: DeliveryRequestOptions,
  ) {
    return this.#act(promotionId, 'resolution', body, options);
  }

  override(
    promotionId: string,
    body: OverrideBody,
    options?: DeliveryRequestOptions,
  ) {
    return this.#act(promotionId, 'overrides', body, options);
  }

  async review(
    overrideId: string,
    body: ReviewBody,
    options?: DeliveryRequestOptions,
  ) {
    await this.#post(
      `/v1/overrides/${encodeURIComponent(overrideId)}/review`,
      body,
      z.unknown(),
      options,
    );
  }

  async hold(
    service: string,
    environment: string,
    body: HoldBody,
    options?: DeliveryRequestOptions,
  ) {
    await this.#post(
      `${servicePath(service)}/environments/${encodeURIComponent(
        environment,
      )}/hold`,
      body,
      z.unknown(),
      options,
    );
  }

  async markRelease(
    service: string,
    number: number,
    body: MarkBody,
    options?: DeliveryRequestOptions,
  ) {
    await this.#post(
      `${servicePath(service)}/releases/${number}/mark`,
      body,
      z.unknown(),
      options,
    );
  }

  async acknowledge(
    service: string,
    environment: string,
    body: AcknowledgementBody,
    options?: DeliveryRequestOptions,
  ) {
    await this.#post(
      `${servicePath(service)}/environments/${encodeURIComponent(
        environment,
      )}/acknowledgement`,
      body,
      z.unknown(),
      options,
    );
  }

  async liftHold(
    service: string,
    environment: string,
    body: CancellationBody,
    options?: DeliveryRequestOptions,
  ) {
    await this.#post(
      `${servicePath(service)}/environments/${encodeURIComponent(
        environment,
      )}/hold-lift`,
      body,
      z.unknown(),
      options,
    );
  }

  listApprovals(
    request: { view: 'waiting' | 'asked' | 'decided' },
    options?: DeliveryRequestOptions,
  ) {
    return this.#get(
      '/v1/approvals',
      request,
      pageSchema(approvalRequestSchema),
      options,
    );
  }

  getPolicy(
    service: string,
    request: { environment: string },
    options?: DeliveryRequestOptions,
  ) {
    return this.#get(
      `${servicePath(service)}/policy`,
      request,
      servicePolicySchema,
      options,
    );
  }

  getHealth(service: string, options?: DeliveryRequestOptions) {
    return this.#get(
      `/v1/health/${entityPath(service)}`,
      {},
      serviceHealthSchema,
      options,
    );
  }

  getDoraFigures(
    request: { service?: string; days?: number },
    options?: DeliveryRequestOptions,
  ) {
    return this.#get('/v1/metrics/dora', request, doraReportSchema, options);
  }

  examine(options?: DeliveryRequestOptions) {
    return this.#get('/v1/doctor', {}, doctorReportSchema, options);
  }

  verifyAudit(options?: DeliveryRequestOptions) {
    return this.#get(
      '/v1/audit/verification',
      {},
      auditVerificationSchema,
      options,
    );
  }

  async *exportAudit(
    request: { after?: number; limit?: number } = {},
    options?: DeliveryRequestOptions,
  ): AsyncIterable<AuditLine> {
    const response = await this.#send(
      `/v1/audit/export${queryOf(request)}`,
      { method: 'GET' },
      options,
    );
    for await (const line of linesOf(response)) {
      yield auditLineSchema.parse(JSON.parse(line));
    }
  }

  #act(
    promotionId: string,
    act: 'approvals' | 'cancellation' | 'overrides' | 'resolution',
    body: unknown,
    options?: DeliveryRequestOptions,
  ) {
    return this.#post(
      `/v1/promotions/${encodeURIComponent(promotionId)}/${act}`,
      body,
      promotionDetailSchema,
      options,
    );
  }

  async #getDelivery(path: string, options?: DeliveryRequestOptions) {
    const response = await this.#send(path, { method: 'GET' }, options);
    const delivery = serviceDeliverySchema.parse(await response.json());
    return renewAges(delivery, new Date(response.headers.get('Date') ?? NaN));
  }

  #get<T extends z.ZodType>(
    path: string,
    query: Query,
    schema: T,
    options?: DeliveryRequestOptions,
  ) {
    return this.#request(
      `${path}${queryOf(query)}`,
      { method: 'GET' },
      schema,
      options,
    );
  }

  #post<T extends z.ZodType>(
    path: string,
    body: unknown,
    schema: T,
    options?: DeliveryRequestOptions,
    headers: Record<string, string> = {},
  ) {
    return this.#request(
      path,
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify(body),
      },
      schema,
      options,
    );
  }

  async #request<T extends z.ZodType>(
    path: string,
    init: { method: string; headers?: Record<string, string>; body?: string },
    schema: T,
    options?: DeliveryRequestOptions,
  ): Promise<z.output<T>> {
    const response = await this.#send(path, init, options);
    return schema.parse(
      response.status === 204 ? undefined : await response.json(),
    );
  }

  async #send(
    path: string,
    init: { method: string; headers?: Record<string, string>; body?: string },
    options: DeliveryRequestOptions = {},
  ): Promise<Response> {
    const base = await this.#discovery.getBaseUrl('delivery');
    const response = await this.#fetch(`${base}${path}`, {
      ...init,
      headers: {
        ...init.headers,
        ...(options.token ? { Authorization: `Bearer ${options.token}` } : {}),
      },
      signal: options.signal,
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}

function queryOf(query: Query): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) {
      parameters.set(key, String(value));
    }
  }
  return parameters.size > 0 ? `?${parameters}` : '';
}

function servicePath(service: string): string {
  return `/v1/services/${entityPath(service)}`;
}

function entityPath(service: string): string {
  const match = ENTITY_REF.exec(service);
  if (!match) {
    throw new TypeError(
      `"${service}" is not a full entity reference such as component:default/orders`,
    );
  }
  const [, kind, namespace, name] = match;
  return [kind, namespace, name].map(encodeURIComponent).join('/');
}
