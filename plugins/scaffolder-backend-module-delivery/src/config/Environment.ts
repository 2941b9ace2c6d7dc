// SPDX-License-Identifier: Apache-2.0
import type { Tier } from 'backstage-plugin-delivery-common';

/** What wiring a service needs to know of one Environment. */
export type Environment = {
  name: string;
  tier: Tier;
  /** Where this service runs in it; `{service}` is filled in. */
  namespace: string;
  /** The deployment account of Spinnaker. */
  account: string;
  /** Whether every Release enters without anyone asking. */
  automatic: boolean;
};
