// SPDX-License-Identifier: Apache-2.0
import { describeGate } from 'backstage-plugin-delivery-node/testUtils';
import {
  approvalOf,
  environmentNamed,
  gateContext,
  NOW,
  observationOf,
} from '../__testUtils__/gateContext';
import { ApprovalsGate } from './ApprovalsGate';
import { EvidenceGate } from './EvidenceGate';
import { HealthGate } from './HealthGate';
import { NotMarkedBadGate } from './NotMarkedBadGate';
import { SoakGate } from './SoakGate';
import { UpstreamGate } from './UpstreamGate';

function inStaging(facts: { everVerified: boolean; verifiedSince?: string }) {
  return gateContext({
    environments: new Map([
      ['staging', { environment: environmentNamed('staging'), ...facts }],
    ]),
  });
}

function inProd(health: Parameters<typeof observationOf>[0]) {
  return gateContext({
    environments: new Map([
      [
        'prod',
        {
          environment: environmentNamed('prod'),
          everVerified: false,
          observation: observationOf(health),
        },
      ],
    ]),
  });
}

describeGate('UpstreamGate', {
  gate: UpstreamGate,
  config: { type: 'upstream' },
  invalid: [{ type: 'upstream', of: 'dev' }, { type: 'soak' }],
  passing: inStaging({ everVerified: true }),
  notPassing: inStaging({ everVerified: false }),
});

describeGate('SoakGate', {
  gate: SoakGate,
  config: { type: 'soak', for: '30m' },
  invalid: [
    { type: 'soak' },
    { type: 'soak', for: '30' },
    { type: 'soak', for: '0m' },
    { type: 'soak', for: 'forever' },
    { type: 'soak', for: '30m', in: 'staging' },
  ],
  passing: inStaging({
    everVerified: true,
    verifiedSince: '2026-11-16T08:30:00.000Z',
  }),
  notPassing: inStaging({
    everVerified: true,
    verifiedSince: '2026-11-16T08:30:00.001Z',
  }),
});

describe('SoakGate', () => {
  const config = SoakGate.configSchema.parse({ type: 'soak', for: '2h' });

  it('says how much is left and when it is over', () => {
    expect(
      SoakGate.evaluate(
        config,
        inStaging({
          everVerified: true,
          verifiedSince: '2026-11-16T08:20:00.000Z',
        }),
      ),
    ).toEqual({
      status: 'wait',
      reason: '1 h 20 min of 2 h in staging left.',
      earliest: '2026-11-16T10:20:00.000Z',
    });
  });

  it.each([
    ['2026-11-16T06:59:00.000Z', '2 h of 2 h in staging.'],
    ['2026-11-16T03:20:00.000Z', '5 h of 2 h in staging.'],
    ['2026-11-14T03:20:00.000Z', '2 d 5 h of 2 h in staging.'],
  ])(
    'says roughly for how long it was there since %s',
    (verifiedSince, reason) => {
      expect(
        SoakGate.evaluate(
          config,
          inStaging({ everVerified: true, verifiedSince }),
        ),
      ).toEqual({ status: 'pass', reason });
    },
  );

  it.each([
    ['2026-11-16T08:39:00.000Z', '20 min of 20 min in staging.'],
    ['2026-11-16T08:05:00.000Z', '45 min of 20 min in staging.'],
  ])('and in quarters of the first hour since %s', (verifiedSince, reason) => {
    expect(
      SoakGate.evaluate(
        SoakGate.configSchema.parse({ type: 'soak', for: '20m' }),
        inStaging({ everVerified: true, verifiedSince }),
      ),
    ).toMatchObject({ reason });
  });

  it('knows no time while the Release does not run there', () => {
    const verdict = SoakGate.evaluate(
      config,
      inStaging({ everVerified: true }),
    );
    expect(verdict.status).toBe('wait');
    expect(verdict.earliest).toBeUndefined();
  });

  it('waits for the last of several environments', () => {
    const verdict = SoakGate.evaluate(
      config,
      gateContext({
        environment: environmentNamed('prod', { after: ['eu', 'us'] }),
        environments: new Map([
          [
            'eu',
            {
              environment: environmentNamed('eu'),
              everVerified: true,
              verifiedSince: '2026-11-16T06:00:00.000Z',
            },
          ],
          [
            'us',
            {
              environment: environmentNamed('us'),
              everVerified: true,
              verifiedSince: '2026-11-16T08:00:00.000Z',
            },
          ],
        ]),
      }),
    );
    expect(verdict.earliest).toBe('2026-11-16T10:00:00.000Z');
  });
});

describeGate('EvidenceGate', {
  gate: EvidenceGate,
  config: { type: 'evidence' },
  invalid: [
    { type: 'evidence', scan: { critical: -1 } },
    { type: 'evidence', scan: { fatal: 0 } },
    { type: 'evidence', tests: true },
  ],
  passing: gateContext(),
  notPassing: gateContext({
    release: { ...gateContext().release, evidence: {} },
  }),
});

describe('EvidenceGate', () => {
  const judge = (
    evidence: ReturnType<typeof gateContext>['release']['evidence'],
  ) =>
    EvidenceGate.evaluate(
      EvidenceGate.configSchema.parse({
        type: 'evidence',
        imageTest: true,
        scan: { critical: 0, high: 2 },
      }),
      gateContext({ release: { ...gateContext().release, evidence } }),
    );
  const tests = { passed: 3, failed: 0, skipped: 1 };
  const scan = { critical: 0, high: 2, medium: 9, low: 1 };

  it.each([
    ['pass', { unitTests: tests, imageTest: tests, scan }],
    ['unknown', { unitTests: tests, scan }],
    ['unknown', { unitTests: tests, imageTest: tests }],
    [
      'unknown',
      {
        unitTests: { passed: 0, failed: 0, skipped: 4 },
        imageTest: tests,
        scan,
      },
    ],
    ['fail', { unitTests: { ...tests, failed: 1 }, imageTest: tests, scan }],
    [
      'fail',
      { unitTests: tests, imageTest: tests, scan: { ...scan, critical: 1 } },
    ],
    [
      'fail',
      { unitTests: tests, imageTest: tests, scan: { ...scan, high: 3 } },
    ],
    ['fail', { scan: { ...scan, high: 3 } }],
  ])('says %s of %j', (status, evidence) => {
    expect(judge(evidence).status).toBe(status);
  });

  it('names what is over the limit', () => {
    expect(
      judge({ unitTests: tests, imageTest: tests, scan: { ...scan, high: 3 } })
        .reason,
    ).toBe('Image scan: 3 high, at most 2 allowed.');
  });
});

describeGate('HealthGate', {
  gate: HealthGate,
  config: { type: 'health' },
  invalid: [{ type: 'health', of: 'staging' }],
  passing: inProd('healthy'),
  notPassing: inProd('unhealthy'),
});

describe('HealthGate', () => {
  it.each([
    ['healthy', 'pass'],
    ['missing', 'pass'],
    ['progressing', 'wait'],
    ['unhealthy', 'wait'],
    ['unknown', 'unknown'],
  ] as const)('of what is %s says %s', (health, status) => {
    expect(HealthGate.evaluate({ type: 'health' }, inProd(health)).status).toBe(
      status,
    );
  });
});

describeGate('NotMarkedBadGate', {
  gate: NotMarkedBadGate,
  config: { type: 'notMarkedBad' },
  invalid: [{ type: 'notMarkedBad', by: 'anna' }],
  passing: gateContext(),
  notPassing: gateContext({
    release: {
      ...gateContext().release,
      markedBad: {
        by: 'user:default/anna',
        at: NOW.toISOString(),
        reason: 'Loses orders',
      },
    },
  }),
});

const PEOPLE = new Map([
  ['owner', ['user:default/anna', 'user:default/ben']],
  ['group:default/platform', ['user:default/anna', 'user:default/chidi']],
]);

const BOTH = {
  type: 'approvals',
  slots: [
    { name: 'owner', from: 'owner' },
    { name: 'platform', from: 'group:default/platform' },
  ],
};

describeGate('ApprovalsGate', {
  gate: ApprovalsGate,
  config: BOTH,
  invalid: [
    { type: 'approvals', slots: [] },
    { type: 'approvals', slots: [{ name: 'owner', from: 'platform' }] },
    { type: 'approvals', slots: [{ name: 'x', from: 'group:platform' }] },
    { type: 'approvals', slots: [{ from: 'owner' }] },
  ],
  passing: gateContext({
    people: PEOPLE,
    approvals: [approvalOf('anna'), approvalOf('ben')],
  }),
  notPassing: gateContext({ people: PEOPLE, approvals: [approvalOf('anna')] }),
});

describe('ApprovalsGate', () => {
  const config = ApprovalsGate.configSchema.parse(BOTH);
  const statusOf = (given: Parameters<typeof gateContext>[0]) =>
    ApprovalsGate.evaluate(config, gateContext({ people: PEOPLE, ...given }))
      .status;

  it('moves somebody who fits two slots to the one that nobody else can fill', () => {
    expect(
      ApprovalsGate.approvals?.(
        config,
        gateContext({
          people: PEOPLE,
          approvals: [approvalOf('anna'), approvalOf('ben')],
        }),
      ).slots.map(slot => slot.filledBy),
    ).toEqual(['user:default/ben', 'user:default/anna']);
  });

  it('counts nobody twice', () => {
    expect(
      statusOf({ approvals: [approvalOf('anna'), approvalOf('anna')] }),
    ).toBe('wait');
  });

  it('counts neither who asked nor who wrote it', () => {
    const approvals = [
      approvalOf('anna'),
      approvalOf('ben'),
      approvalOf('chidi'),
    ];
    expect(statusOf({ approvals, requestedBy: 'user:default/anna' })).toBe(
      'pass',
    );
    expect(statusOf({ approvals, requestedBy: 'user:default/chidi' })).toBe(
      'pass',
    );
    expect(
      statusOf({
        approvals,
        requestedBy: 'user:default/anna',
        authors: ['user:default/chidi'],
      }),
    ).toBe('wait');
  });

  it('counts neither rejections nor what is void nor strangers', () => {
    expect(
      statusOf({
        approvals: [
          approvalOf('anna', { verdict: 'reject' }),
          approvalOf('ben', { void: 'Changed since' }),
          approvalOf('mina'),
        ],
      }),
    ).toBe('wait');
  });

  it('is unknown while the people of a slot are not known', () => {
    expect(
      statusOf({ people: new Map([['owner', ['user:default/anna']]]) }),
    ).toBe('unknown');
  });

  it('says who can act, and who does not count and why', () => {
    const context = gateContext({
      people: PEOPLE,
      requestedBy: 'user:default/ben',
      approvals: [approvalOf('anna')],
    });
    expect(ApprovalsGate.evaluate(config, context)).toMatchObject({
      reason: '1 of 2 given.',
      canAct: expect.arrayContaining(['user:default/chidi']),
    });
    expect(ApprovalsGate.approvals?.(config, context).notCounted).toEqual([
      { person: 'user:default/ben', reason: 'asked for it' },
    ]);
  });
});
