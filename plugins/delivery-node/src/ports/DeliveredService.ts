// SPDX-License-Identifier: Apache-2.0
import type { EntityRef } from 'backstage-plugin-delivery-common';

/**
 * A Service as the catalog describes it.
 *
 * @remarks
 * Annotations only propose. A port that finds that the other side does not
 * confirm the entity gives nothing but the reason.
 * @public
 */
export type DeliveredService = {
  entityRef: EntityRef;
  /** The catalog's own id of the entity. */
  uid: string;
  /** `metadata.name`. */
  name: string;
  title: string;
  owner?: EntityRef;
  system?: string;
  /** `metadata.tags`. */
  tags?: readonly string[];
  annotations: Readonly<Record<string, string>>;
};
