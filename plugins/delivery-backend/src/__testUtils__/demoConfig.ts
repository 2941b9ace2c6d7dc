// SPDX-License-Identifier: Apache-2.0
import type {
  ConfiguredGate,
  DeliveryConfig,
  EnvironmentConfig,
} from '../config/DeliveryConfig';
import type { StoredService } from '../database/services';
import { builtInGates } from '../gates/builtInGates';

/** The Service of the tests. */
export const ORDERS: StoredService = {
  entityRef: 'component:default/orders',
  uid: 'uid-orders',
  name: 'orders',
  title: 'orders',
  owner: 'group:default/team-orders',
  annotations: {},
  path: 'default',
};

function gate(
  written: Record<string, unknown> & { type: string },
): ConfiguredGate {
  const found = builtInGates.find(one => one.type === written.type);
  if (!found) {
    throw new Error(`There is no gate ${written.type}`);
  }
  return {
    id: written.type,
    key: written.type,
    gate: found,
    config: found.configSchema.parse(written),
    written,
    appliesTo: found.defaultFor,
    mode: 'enforce',
    onUnknown: 'wait',
    overridable: true,
  };
}

function environment(
  given: Partial<EnvironmentConfig> & { name: string },
): EnvironmentConfig {
  return {
    tier: 'staging',
    after: [],
    entry: 'requested',
    cluster: 'local',
    namespace: `{service}-${given.name}`,
    account: `local-${given.name}`,
    gates: [],
    verifyFor: 10_000,
    verifyWithin: 600_000,
    onFailure: 'stop',
    onNewer: 'supersede',
    gated: given.entry !== 'automatic',
    ...given,
  };
}

/** The three environments of the demonstration. */
export const CONFIG: DeliveryConfig = {
  paths: new Map([
    [
      'default',
      {
        name: 'default',
        environments: [
          environment({ name: 'dev', tier: 'development', entry: 'automatic' }),
          environment({
            name: 'staging',
            after: ['dev'],
            gates: [
              gate({ type: 'upstream' }),
              gate({
                type: 'approvals',
                slots: [{ name: 'owner', from: 'owner' }],
              }),
            ],
          }),
          environment({
            name: 'prod',
            tier: 'production',
            after: ['staging'],
            onFailure: 'rollback',
            gates: [
              gate({ type: 'upstream' }),
              gate({ type: 'soak', for: '30m' }),
              gate({
                type: 'approvals',
                slots: [
                  { name: 'owner', from: 'owner' },
                  { name: 'platform', from: 'group:default/platform' },
                ],
              }),
            ],
          }),
        ],
      },
    ],
  ]),
  links: [],
  outbound: { hosts: [] },
  policies: [],
  timing: {
    sweep: 15_000,
    reconcile: 1_000,
    quarantine: 180_000,
    adoptionGrace: 20_000,
    bypassGrace: 45_000,
    expiry: 86_400_000,
  },
  audit: { key: 'test key' },
};
