// SPDX-License-Identifier: Apache-2.0

/** What truly runs of the service that is watched. */
export const ORDERS = {
  name: 'orders',
  namespace: 'orders-prod',
  digest: `sha256:${'a'.repeat(64)}`,
};
