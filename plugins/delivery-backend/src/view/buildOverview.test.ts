// SPDX-License-Identifier: Apache-2.0
import type { Phase } from 'backstage-plugin-delivery-common';
import {
  aDeployment,
  aPromotion,
  aRelease,
  anObservation,
  someFacts,
} from '../__testUtils__/serviceFacts';
import { buildOverview, severityOf } from './buildOverview';
import type { ServiceFacts } from './ServiceFacts';

const [two, one] = [aRelease(2, 'b'), aRelease(1, 'a')];

/** Release 2 is in dev and staging, Release 1 in prod. */
const facts = someFacts({
  releases: [two, one],
  observations: [
    anObservation('dev', { digit: 'b' }),
    anObservation('staging', { digit: 'b' }),
    anObservation('prod', { digit: 'a' }),
  ],
  deployments: [
    aDeployment('staging', 2, '2026-11-16T11:00:00.000Z'),
    aDeployment('dev', 2, '2026-11-16T10:00:00.000Z'),
    aDeployment('prod', 1, '2026-11-15T10:00:00.000Z'),
  ],
});

const promoting = (phase: Phase): Partial<ServiceFacts> => ({
  promotions: [aPromotion('prod', two, { phase })],
});

describe('buildOverview', () => {
  it('sums a service up in one row', () => {
    expect(buildOverview({ ...facts, ...promoting('waiting') })).toEqual({
      service: 'component:default/orders',
      title: 'orders',
      owner: 'group:default/team-orders',
      condition: 'blocked',
      environments: [
        {
          name: 'dev',
          health: 'healthy',
          stale: false,
          release: 2,
          since: '2026-11-16T10:00:00.000Z',
        },
        {
          name: 'staging',
          health: 'healthy',
          stale: false,
          release: 2,
          since: '2026-11-16T11:00:00.000Z',
          behind: 0,
        },
        {
          name: 'prod',
          health: 'healthy',
          stale: false,
          release: 1,
          since: '2026-11-15T10:00:00.000Z',
          behind: 1,
          promotion: {
            id: expect.any(String),
            phase: 'waiting',
            releaseNumber: 2,
          },
        },
      ],
    });
  });

  it.each<[string, Partial<ServiceFacts>]>([
    ['needs-attention', promoting('needs-attention')],
    [
      'unhealthy',
      {
        observations: [
          anObservation('prod', { digit: 'a', health: 'unhealthy' }),
        ],
      },
    ],
    ['drifted', { observations: [anObservation('prod', { digit: 'f' })] }],
    [
      'drifted',
      {
        outsideChanges: [
          {
            id: '01HZZZZZZZZZZZZZZZZZZZZZZ1',
            service: 'component:default/orders',
            environment: 'prod',
            key: 'execution:1',
            since: '2026-11-16T11:00:00.000Z',
            reason: 'An execution was started in Spinnaker itself.',
          },
        ],
      },
    ],
    [
      'not-seen',
      { sources: [{ source: 'kubernetes', id: 'local', state: 'stale' }] },
    ],
    ['blocked', promoting('waiting')],
    ['in-flight', promoting('running')],
    ['behind', {}],
    ['same', { deployments: facts.deployments.slice(0, 2) }],
    [
      'not-on-path',
      {
        releases: [],
        deployments: [],
        observations: [],
        service: { ...facts.service, annotations: {} },
      },
    ],
  ])('says %s', (condition, more) => {
    const observations =
      condition === 'same'
        ? facts.observations.map(({ environment }) =>
            anObservation(environment, { digit: 'b' }),
          )
        : facts.observations;
    expect(buildOverview({ ...facts, observations, ...more }).condition).toBe(
      condition,
    );
  });

  it('puts the worst first', () => {
    expect(severityOf('needs-attention')).toBeLessThan(severityOf('unhealthy'));
    expect(severityOf('unhealthy')).toBeLessThan(severityOf('behind'));
  });
});
