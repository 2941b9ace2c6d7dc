// SPDX-License-Identifier: Apache-2.0
import {
  overrideSchema,
  type Override,
} from 'backstage-plugin-delivery-common';
import type { Db } from './Db';
import { parseRow } from './parseRow';

type Row = {
  promotion_id: string;
  service: string;
  review_due: string;
  reviewed_at: string | null;
  body: string;
};

/** What a row says. Throws when it is not what was written. */
export function toOverride(row: { body: string }): Override {
  return parseRow(overrideSchema, row.body, 'override');
}

/** Overrides, oldest first. */
export async function listOverrides(
  db: Db,
  filter: {
    promotionIds?: readonly string[];
    service?: string;
    /** Only those that nobody has reviewed yet. */
    open?: boolean;
  },
): Promise<Override[]> {
  const query = db<Row>('delivery_overrides').select('body').orderBy('id');
  if (filter.promotionIds) {
    query.whereIn('promotion_id', [...filter.promotionIds]);
  }
  if (filter.service) {
    query.where('service', filter.service);
  }
  if (filter.open) {
    query.whereNull('reviewed_at');
  }
  return (await query).map(toOverride);
}

/** One override, or `undefined`. */
export async function findOverride(
  db: Db,
  id: string,
): Promise<(Override & { service: string }) | undefined> {
  const row = await db<Row & { id: string }>('delivery_overrides')
    .where({ id })
    .first('body', 'service');
  return row && { ...toOverride(row), service: row.service };
}

/** Stores an override. */
export async function insertOverride(
  db: Db,
  override: Override,
  service: string,
): Promise<void> {
  await db('delivery_overrides').insert({
    id: override.id,
    promotion_id: override.promotionId,
    service,
    review_due: override.reviewDue,
    body: JSON.stringify(override),
  });
}

/** Closes the review of an override; `false` when it was closed already. */
export async function closeReview(
  db: Db,
  override: Override & { review: NonNullable<Override['review']> },
): Promise<boolean> {
  const changed = await db('delivery_overrides')
    .where({ id: override.id })
    .whereNull('reviewed_at')
    .update({
      reviewed_at: override.review.at,
      body: JSON.stringify(overrideSchema.parse(override)),
    });
  return changed > 0;
}
