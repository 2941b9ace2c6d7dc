// SPDX-License-Identifier: Apache-2.0
import {
  FakeJenkins,
  jenkinsHandlers,
  ScriptedBuilds,
} from 'backstage-plugin-jenkins-client/testUtils';
import {
  claimWebhook,
  FakeGate,
  gateHandlers,
} from 'backstage-plugin-spinnaker-client/testUtils';
import type { SetupServer } from 'msw/node';

/** A Jenkins and a Gate that keep what they are told, and what a test says of their builds. */
export type FakeVendors = {
  jenkins: FakeJenkins;
  builds: ScriptedBuilds;
  gate: FakeGate;
};

/** Gives each test a Jenkins and a Gate of its own, where the tests' configuration says. */
export function useFakeVendors(server: SetupServer): () => FakeVendors {
  let vendors: FakeVendors | undefined;
  let stop: AbortController;
  beforeEach(() => {
    stop = new AbortController();
    const builds = new ScriptedBuilds();
    vendors = {
      builds,
      jenkins: new FakeJenkins({
        clock: { now: () => new Date('2026-11-21T08:00:00Z') },
        users: { portal: 'jenkins-secret' },
        runBuild: builds.runBuild,
      }),
      gate: new FakeGate({
        access: { kind: 'token', tokens: { 'gate-secret': 'svc-portal' } },
        webhooks: [
          claimWebhook({
            url: 'http://portal.test/claims',
            token: 'claim-secret',
          }),
        ],
      }),
    };
    vendors.gate.start({ signal: stop.signal, everyMs: 5 });
    server.use(
      ...jenkinsHandlers(vendors.jenkins),
      ...gateHandlers(vendors.gate, 'http://gate.test'),
    );
  });
  afterEach(async () => {
    stop.abort();
    await vendors?.jenkins.shutDown();
  });
  return () => {
    if (!vendors) {
      throw new Error('There are vendors within a test only');
    }
    return vendors;
  };
}
