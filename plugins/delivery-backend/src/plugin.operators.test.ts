// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import type { AuditLine } from 'backstage-plugin-delivery-common';
import { DATABASE_IDS } from './__testUtils__/databaseIds';
import {
  askFor,
  bringToDev,
  ORDERS_REF,
  type StartedPlugin,
} from './__testUtils__/pluginSteps';
import { startPlugin } from './__testUtils__/startPlugin';

const databases = TestDatabases.create({ ids: DATABASE_IDS });

jest.setTimeout(60_000);

let plugin: StartedPlugin | undefined;
afterEach(async () => {
  await plugin?.stop();
  plugin = undefined;
});

async function start(options?: Parameters<typeof startPlugin>[0]) {
  plugin = await startPlugin(options);
  return plugin;
}

const environment = (name: string, more: object) => ({
  name,
  tier: 'production',
  cluster: 'local',
  namespace: `{service}-${name}`,
  account: `local-${name}`,
  ...more,
});

async function all(lines: AsyncIterable<AuditLine>): Promise<AuditLine[]> {
  const taken: AuditLine[] = [];
  for await (const line of lines) {
    taken.push(line);
  }
  return taken;
}

describe.each(databases.eachSupportedId())('the audit on %p', id => {
  it('verifies, exports from a place on, and names the first bad line', async () => {
    const knex = await databases.init(id);
    const delivery = await start({
      knex,
      delivery: {
        environments: [environment('dev', { entry: 'automatic' })],
        audit: { key: 'a key that is long enough' },
        timing: { sweep: '1s', reconcile: '1s' },
      },
    });
    const { api, as } = delivery;
    await bringToDev(delivery);
    const lines = await all(api.exportAudit({}, as('chidi')));
    expect(lines.map(({ log }) => log)).toEqual(
      lines.map((_, index) => index + 1),
    );
    expect(lines.length).toBeGreaterThan(3);
    await expect(api.verifyAudit(as('chidi'))).resolves.toMatchObject({
      intact: true,
      lines: lines.length,
      sealed: true,
    });
    await expect(
      all(api.exportAudit({ after: 1, limit: 2 }, as('chidi'))),
    ).resolves.toEqual(lines.slice(1, 3));
    await knex('delivery_promotion_events')
      .where({ log: 2 })
      .update({ summary: 'Nothing happened' });
    await expect(api.verifyAudit(as('chidi'))).resolves.toMatchObject({
      intact: false,
      lines: 1,
      log: 2,
      reason: 'The line was changed',
    });
    expect(
      delivery.auditor.createEvent.mock.calls.map(([event]) => event.eventId),
    ).toEqual(expect.arrayContaining(['audit-export', 'audit-verify']));
  });
});

describe('the plugin for those who run it', () => {
  it('shows neither record nor set-up without the permission, and tells the auditor', async () => {
    const delivery = await start({
      policy: ({ permission }) => permission.name !== 'delivery.audit.read',
    });
    const { api, as } = delivery;
    for (const ask of [
      () => api.verifyAudit(as('ben')),
      () => api.examine(as('ben')),
      () => all(api.exportAudit({}, as('ben'))),
    ]) {
      await expect(ask()).rejects.toMatchObject({ statusCode: 403 });
    }
    expect(delivery.auditEvent.fail).toHaveBeenCalledTimes(3);
  });

  it('names gates that can never pass, and what is not set up', async () => {
    const delivery = await start({
      delivery: {
        environments: [
          environment('dev', { entry: 'automatic' }),
          environment('prod', {
            after: ['dev'],
            cluster: 'elsewhere',
            gates: [
              {
                type: 'approvals',
                // What is only shown does not keep delivery from starting.
                mode: 'audit',
                slots: [
                  { name: 'owner', from: 'owner', count: 3 },
                  { name: 'board', from: 'group:default/board' },
                ],
              },
              {
                type: 'approvals',
                id: 'pair',
                slots: [{ name: 'owner', from: 'owner', count: 3 }],
              },
              {
                type: 'window',
                zone: 'Europe/Berlin',
                allow: ['Mon 09:00-10:00'],
                deny: ['Mon 08:00-12:00'],
              },
            ],
          }),
        ],
        timing: { sweep: '1s', reconcile: '1s' },
      },
    });
    const { api, as } = delivery;
    const report = await delivery.until(
      () => api.examine(as('chidi')),
      ({ services }) => services > 0,
    );
    const told = report.findings.map(
      ({ detail, severity, subject }) => `${severity} ${subject}: ${detail}`,
    );
    expect(told).toEqual([
      expect.stringMatching(/^error kubernetes\/elsewhere: Nothing was ever/),
      expect.stringMatching(
        /^error prod\/pair: The 3 slots need as many different people, and at most 2 of them can be filled: anna, ben\./,
      ),
      'error prod/window: The window never opens: what it allows is all denied.',
      expect.stringMatching(
        /^unknown prod\/approvals: Who may fill "board" \(group:default\/board\) is not known/,
      ),
      expect.stringMatching(/^warning audit\/key: /),
    ]);
    expect(report.findings[1]).toMatchObject({
      key: 'delivery.environments[1].gates[1]',
      services: { count: 1, examples: [ORDERS_REF] },
    });
  });

  it('gives the merged policy with where each gate comes from', async () => {
    const delivery = await start({
      delivery: {
        environments: [
          environment('dev', { entry: 'automatic' }),
          environment('prod', {
            after: ['dev'],
            gates: [{ type: 'upstream', overridable: false }],
          }),
        ],
        policies: [
          {
            name: 'all-prod',
            match: { tiers: ['production'], environments: ['prod'] },
            gates: [{ type: 'soak', for: '1h', mode: 'audit' }],
          },
        ],
      },
    });
    const { api, as } = delivery;
    await delivery.until(
      () => api.listServices({}, as('ben')),
      ({ items }) => items.length > 0,
    );
    await expect(
      api.getPolicy(ORDERS_REF, { environment: 'prod' }, as('ben')),
    ).resolves.toEqual({
      service: ORDERS_REF,
      environment: 'prod',
      hash: expect.stringMatching(/^sha256:/),
      gates: [
        {
          gate: 'upstream',
          type: 'upstream',
          title: 'Upstream',
          origin: { from: 'environment' },
          kinds: ['forward', 'automatic'],
          mode: 'enforce',
          onUnknown: 'wait',
          overridable: false,
          settings: {},
        },
        {
          gate: 'all-prod/soak',
          type: 'soak',
          title: 'Soak',
          origin: { from: 'policy', name: 'all-prod' },
          kinds: ['forward', 'automatic'],
          mode: 'audit',
          onUnknown: 'wait',
          overridable: true,
          settings: { for: '1h' },
        },
      ],
    });
    await expect(
      api.getPolicy(ORDERS_REF, { environment: 'moon' }, as('ben')),
    ).rejects.toMatchObject({ statusCode: 404 });
  });

  it('answers what would be at a time, and counts what entered production', async () => {
    const delivery = await start({
      delivery: {
        environments: [
          environment('dev', { entry: 'automatic' }),
          environment('prod', {
            after: ['dev'],
            gates: [{ type: 'soak', for: '30m' }],
          }),
        ],
        timing: { sweep: '1s', reconcile: '1s' },
      },
    });
    const { api, as, clock } = delivery;
    await bringToDev(delivery);
    const request = await askFor(delivery, 'prod');
    const now = await api.previewPromotion(request, as('ben'));
    expect(now.decision).toMatchObject({ outcome: 'wait' });
    const at = now.decision.earliest;
    const then = await api.previewPromotion({ ...request, at }, as('ben'));
    expect(then.decision).toMatchObject({ outcome: 'proceed', decidedAt: at });
    await expect(
      api.previewPromotion(
        { ...request, at: '2020-01-01T00:00:00.000Z' },
        as('ben'),
      ),
    ).rejects.toMatchObject({ statusCode: 400 });
    const report = await api.getDoraFigures({ days: 10 }, as('ben'));
    expect(report).toMatchObject({
      to: clock.now().toISOString(),
      all: {
        deployments: { count: 1, perDay: 0.1 },
        changeFailure: { changes: 1, failed: 0, rate: 0 },
        leadTime: { count: 1 },
        timeToRestore: { count: 0, open: 0 },
      },
      services: [{ service: ORDERS_REF }],
    });
  });
});
