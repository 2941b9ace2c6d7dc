// SPDX-License-Identifier: Apache-2.0
import type { TestCounts } from 'backstage-plugin-delivery-common';

/** How many tests passed of those that ran: "410 of 412". */
export function testCountText({ passed, failed }: TestCounts): string {
  return `${passed} of ${passed + failed}`;
}
