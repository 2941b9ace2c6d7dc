// SPDX-License-Identifier: Apache-2.0
import type { EntityRef } from './model/names';

/**
 * The channel of the content-free hints that something changed: about one Service, or
 * about any of them when none is named.
 *
 * @remarks
 * A channel for each Service, so that a page about one is not woken by all others. What
 * changed is asked of the API.
 *
 * @public
 */
export function hintChannel(service?: EntityRef): string {
  return service === undefined ? 'delivery' : `delivery:${service}`;
}
