// SPDX-License-Identifier: Apache-2.0
import { brokenGlass } from '../src/__testUtils__/brokenGlass';
import * as deliveries from '../src/__testUtils__/deliveries';

/** Every state of the Deploy tab that the gallery can show, by name. */
export const STATES = {
  normal: deliveries.normal,
  'in-flight': deliveries.inFlight,
  blocked: deliveries.blocked,
  failed: deliveries.failed,
  crashing: deliveries.crashing,
  'needs-attention': deliveries.needsAttention,
  'source-outage': deliveries.sourceOutage,
  'no-permission': deliveries.noPermission,
  'simple-line': deliveries.simpleLine,
  'broken-glass': brokenGlass(),
  'first-use': deliveries.firstUse,
};
