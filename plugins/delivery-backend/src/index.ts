// SPDX-License-Identifier: Apache-2.0

/**
 * The backend of delivery: stores facts, decides, moves promotions, serves the
 * API.
 *
 * @packageDocumentation
 */

export { deliveryPlugin as default } from './plugin';
export { deliveryRootHealthServiceFactory } from './readiness/deliveryRootHealthServiceFactory';
