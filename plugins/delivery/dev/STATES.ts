// SPDX-License-Identifier: Apache-2.0
import * as deliveries from '../src/__testUtils__/deliveries';

/** Every state of the Deploy tab that the gallery can show, by name. */
export const STATES = {
  normal: deliveries.normal,
  'in-flight': deliveries.inFlight,
  blocked: deliveries.blocked,
  failed: deliveries.failed,
  'needs-attention': deliveries.needsAttention,
  'source-outage': deliveries.sourceOutage,
  'no-permission': deliveries.noPermission,
  'simple-line': deliveries.simpleLine,
  'first-use': deliveries.firstUse,
};
