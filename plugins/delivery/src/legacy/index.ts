// SPDX-License-Identifier: Apache-2.0

/**
 * The same pages for apps on the old frontend system.
 *
 * @packageDocumentation
 */

export {
  deliveryPlugin,
  DeliveryApprovalsPage,
  DeliveryOverviewPage,
  DeliveryPromotionPage,
  EntityDeliveryContent,
  isDeliveryAvailable,
  SourceHostPickerFieldExtension,
} from './plugin';
export { deliveryApiRef } from '../api/deliveryApiRef';
