// SPDX-License-Identifier: Apache-2.0

/**
 * The Deploy tab, the overview, the approvals and the promotion pages, for the
 * new frontend system.
 *
 * @packageDocumentation
 */

export { default } from './plugin';
export { deliveryApiRef } from './api/deliveryApiRef';
