// SPDX-License-Identifier: Apache-2.0
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  ApprovalRequest,
  BuildSummary,
  DoraReport,
  EntityRef,
  HistoryEntry,
  ListedRelease,
  Page,
  Phase,
  Promotion,
  PromotionDetail,
  ReleaseDiff,
  ServiceCondition,
  ServiceDelivery,
  ServiceHealth,
  ServiceOverview,
  ServicePolicy,
} from 'backstage-plugin-delivery-common';

/** On whose behalf something is read. */
export type ViewOptions = { credentials: BackstageCredentials };

/** Which page of a list. */
export type PageQuery = { cursor?: string; limit: number };

/** Only of these Services; of all when left out. */
export type Only = { only?: ReadonlySet<EntityRef> };

/**
 * Everything that can be read, each answer as the API gives it.
 *
 * @remarks
 * Implementations throw `NotFoundError` for what is not there and
 * `NotAllowedError` for what the person may not see.
 */
export interface DeliveryView {
  listServices(
    query: PageQuery & Only & { filter?: string; condition?: ServiceCondition },
    options: ViewOptions,
  ): Promise<Page<ServiceOverview>>;
  getService(
    service: EntityRef,
    options: ViewOptions,
  ): Promise<ServiceDelivery>;
  getHealth(service: EntityRef, options: ViewOptions): Promise<ServiceHealth>;
  listReleases(
    service: EntityRef,
    query: PageQuery,
    options: ViewOptions,
  ): Promise<Page<ListedRelease>>;
  listHistory(
    service: EntityRef,
    query: PageQuery,
    options: ViewOptions,
  ): Promise<Page<HistoryEntry>>;
  listBuilds(
    service: EntityRef,
    query: PageQuery,
    options: ViewOptions,
  ): Promise<Page<BuildSummary>>;
  getDiff(
    service: EntityRef,
    query: { environment: string; to: string; from?: string },
    options: ViewOptions,
  ): Promise<ReleaseDiff>;
  listPromotions(
    query: PageQuery &
      Only & { service?: EntityRef; environment?: string; phase?: Phase },
    options: ViewOptions,
  ): Promise<Page<Promotion>>;
  getPromotion(id: string, options: ViewOptions): Promise<PromotionDetail>;
  listApprovals(
    query: Only & { view: 'waiting' | 'asked' | 'decided' },
    options: ViewOptions,
  ): Promise<Page<ApprovalRequest>>;
  getPolicy(
    service: EntityRef,
    query: { environment: string },
    options: ViewOptions,
  ): Promise<ServicePolicy>;
  getDora(
    query: Only & { service?: EntityRef; days: number },
    options: ViewOptions,
  ): Promise<DoraReport>;
}
