// SPDX-License-Identifier: Apache-2.0
import type { ServiceDelivery } from 'backstage-plugin-delivery-common';
import * as deliveries from '../__testUtils__/deliveries';
import { CLOCK } from '../__testUtils__/instants';
import { promotion } from '../__testUtils__/promotions';
import { nowView } from './nowView';

function merge(...services: ServiceDelivery[]): ServiceDelivery {
  const base = deliveries.normal;
  return {
    ...base,
    environments: base.environments.map(environment => {
      const changed = services
        .map(service =>
          service.environments.find(({ name }) => name === environment.name),
        )
        .find(
          each => each && JSON.stringify(each) !== JSON.stringify(environment),
        );
      return changed ?? environment;
    }),
    promotions: services.flatMap(service => service.promotions),
  };
}

describe('nowView', () => {
  it.each([
    ['nothing', deliveries.normal, 'Nothing in flight', 'unknown'],
    ['drift', deliveries.simpleLine, 'production: changed outside', 'warn'],
    [
      'a cluster that does not answer',
      deliveries.sourceOutage,
      'production-eu: cluster unreachable, last seen 09:41',
      'unknown',
    ],
    [
      'a promotion that waits',
      deliveries.blocked,
      'Earliest Monday 09:00 UTC',
      'warn',
    ],
    [
      'a promotion in flight',
      deliveries.inFlight,
      'Release 44 to staging: running',
      'run',
    ],
    [
      'a failure',
      deliveries.failed,
      'Release 42 to production-eu: failed, rolled back to Release 41',
      'bad',
    ],
    [
      'an unknown outcome',
      deliveries.needsAttention,
      'Release 42 to production-us: needs attention',
      'warn',
    ],
  ])('tells %s', (_, service, title, tone) => {
    expect(nowView(service, CLOCK)).toMatchObject({ title, tone });
  });

  it('puts needs attention before failed before in flight before blocked', () => {
    const { needsAttention, failed, inFlight, blocked } = deliveries;
    const waiting = { ...blocked, environments: [] };
    const flying = { ...inFlight, environments: [] };
    const lost = { ...needsAttention, environments: [] };
    const titles = [
      merge(lost, failed, flying, waiting),
      merge(failed, flying),
      merge(flying, waiting),
    ].map(service => nowView(service, CLOCK).title);
    expect(titles).toEqual([
      'Release 42 to production-us: needs attention',
      'Release 42 to production-eu: failed, rolled back to Release 41',
      'Release 44 to staging: running',
    ]);
  });

  it('follows a new try rather than the failure before it', () => {
    const service = {
      ...deliveries.failed,
      promotions: [
        promotion({
          number: 330,
          environment: 'production-eu',
          releaseNumber: 44,
          phase: 'running',
        }),
      ],
    };
    expect(nowView(service, CLOCK).title).toBe(
      'Release 44 to production-eu: running',
    );
  });

  it('keeps the failure in view while it is rolled back', () => {
    const service = {
      ...deliveries.failed,
      promotions: [
        promotion({
          number: 320,
          environment: 'production-eu',
          releaseNumber: 41,
          kind: 'rollback',
          phase: 'running',
        }),
      ],
    };
    const now = nowView(service, CLOCK);
    expect(now.title).toBe(
      'Release 42 to production-eu: failed, rolling back to Release 41',
    );
    expect(now.steps?.map(({ label }) => label)).toEqual([
      'waiting',
      'starting',
      'failed',
      'rolling back',
      'verified',
    ]);
  });

  it('quotes the controller unedited', () => {
    expect(nowView(deliveries.failed, CLOCK).message).toEqual({
      text: expect.stringContaining('exceeded its progress deadline (600s).'),
      saidBy: 'Kubernetes',
    });
  });

  it('says what could be done next when nothing is in flight', () => {
    expect(nowView(deliveries.normal, CLOCK).hint?.text).toBe(
      'Release 44 can go to staging now. Release 42 can be requested for production-eu and production-us; each needs 2 approvals.',
    );
    expect(nowView(deliveries.noPermission, CLOCK).hint).toEqual({
      icon: 'lock',
      text: 'You can read everything here. To promote orders you need to be in team-orders.',
    });
  });

  it('shows what makes up the earliest time, the deciding bar last', () => {
    expect(nowView(deliveries.blocked, CLOCK).bars).toEqual([
      expect.objectContaining({ title: 'Soak in staging', value: 'Sat 07:12' }),
      expect.objectContaining({ value: 'Sun 22:00', decides: false }),
      expect.objectContaining({ value: 'Mon 09:00', decides: true }),
      {
        gate: 'approvals',
        title: 'Approvals',
        value: '1 of 2',
        decides: false,
      },
    ]);
  });

  it('offers to accept or bring back what was changed outside', () => {
    expect(
      nowView(deliveries.simpleLine, CLOCK).actions.map(({ kind }) => kind),
    ).toEqual(['bring-back', 'acknowledge']);
  });
});
