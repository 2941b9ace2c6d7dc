// SPDX-License-Identifier: Apache-2.0
import type { EngineTarget } from 'backstage-plugin-delivery-node';
import { SpinnakerClient } from 'backstage-plugin-spinnaker-client';
import {
  claimWebhook,
  FakeGate,
  gateHandlers,
  InMemoryWorld,
  ManualClock,
} from 'backstage-plugin-spinnaker-client/testUtils';
import { setupServer } from 'msw/node';
import { SpinnakerEngine } from './SpinnakerEngine';

const BASE = 'http://gate.test';
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const target = (account: string): EngineTarget => ({
  service: 'component:default/orders',
  serviceName: 'orders',
  annotations: { 'spinnaker.io/application-name': 'orders' },
  environment: {
    name: 'prod',
    account,
    namespace: 'orders-prod',
    gated: true,
  },
});

async function diagnose(given: {
  claims: boolean;
  user: string;
  permissions?: Record<string, string[]>;
  chartAccount?: string;
  account?: string;
}) {
  const gate = new FakeGate({
    clock: new ManualClock(),
    backends: new InMemoryWorld({ fetch: async () => Response.json({}) }),
    access: { kind: 'open', tokens: { 'portal-token': given.user } },
    webhooks: given.claims
      ? [claimWebhook({ url: 'http://portal.test/claims', token: 'secret' })]
      : [],
  });
  server.use(...gateHandlers(gate, BASE));
  await SpinnakerClient.create({
    baseUrl: BASE,
    token: 'portal-token',
  }).saveApplication({
    kind: 'create',
    application: {
      name: 'orders',
      email: 'orders@example.com',
      entityRef: 'component:default/orders',
      ...(given.permissions ? { permissions: given.permissions } : {}),
    },
  });
  const engine = SpinnakerEngine.create({
    settings: {
      baseUrl: BASE,
      token: 'portal-token',
      chartAccount: given.chartAccount ?? 'charts',
      claims: 'required',
    },
  });
  const findings = await engine.diagnose([
    target(given.account ?? 'local-prod'),
  ]);
  return findings.map(({ severity, subject }) => `${severity} ${subject}`);
}

describe('the doctor’s questions to Spinnaker', () => {
  it('has nothing to say of an installation that is set up well', async () => {
    await expect(
      diagnose({
        claims: true,
        user: 'svc-backstage',
        permissions: { EXECUTE: ['platform'] },
      }),
    ).resolves.toEqual([]);
  });

  it('names everything that is missing or open, at once', async () => {
    await expect(
      diagnose({
        claims: false,
        user: 'anonymous',
        account: 'nowhere',
        chartAccount: 'other',
      }),
    ).resolves.toEqual([
      'error spinnaker/user',
      'error spinnaker/claims',
      'error spinnaker/accounts/nowhere',
      'error spinnaker/artifact-accounts/other',
      'warning spinnaker/permissions',
    ]);
  });
});
