// SPDX-License-Identifier: Apache-2.0
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import {
  AuthorizeResult,
  type AuthorizePermissionRequest,
} from '@backstage/plugin-permission-common';
import { AuditedPromotionService } from './AuditedPromotionService';
import { AuthorizedPromotionService } from './AuthorizedPromotionService';
import type { PromotionService } from './PromotionService';

const credentials = mockCredentials.user('user:default/mina');
const lane = { service: 'component:default/orders', environment: 'prod' };
const reason = 'It is time';
const subject = `sha256:${'0'.repeat(64)}`;

function start(result: AuthorizeResult.ALLOW | AuthorizeResult.DENY) {
  const done: string[] = [];
  const act = (name: string) => async () => {
    done.push(name);
  };
  const inner: PromotionService = {
    preview: async () => {
      throw new NotFoundError('Nobody asks here');
    },
    request: async () => {
      throw new NotFoundError('Nobody asks here');
    },
    decide: act('decide'),
    override: act('override'),
    review: act('review'),
    hold: act('hold'),
    mark: act('mark'),
    cancel: act('cancel'),
    resolve: act('resolve'),
    acknowledge: act('acknowledge'),
    liftHold: act('liftHold'),
  };
  const asked: AuthorizePermissionRequest[] = [];
  const auditor = mockServices.auditor.mock();
  const event = { success: jest.fn(), fail: jest.fn() };
  auditor.createEvent.mockResolvedValue(event);
  const service = new AuditedPromotionService(
    new AuthorizedPromotionService(inner, {
      permissions: mockServices.permissions.mock({
        authorize: async requests => {
          asked.push(...requests);
          return requests.map(() => ({ result }));
        },
      }),
      laneOf: async id => {
        if (id !== 'known') {
          throw new NotFoundError(`There is no promotion ${id}`);
        }
        return lane;
      },
      laneOfOverride: async () => lane,
      requireLane: async () => {},
      ownerOf: async () => 'group:default/team-orders',
    }),
    { auditor, auth: mockServices.auth() },
  );
  return { asked, auditor, done, event, service };
}

type Act = (service: PromotionService) => Promise<unknown>;

const ACTS: [string, string, Act][] = [
  [
    'delivery.promotion.approve',
    'You may not approve for prod. Members of team-orders may.',
    service =>
      service.decide('known', { verdict: 'approve', subject }, { credentials }),
  ],
  [
    'delivery.promotion.cancel',
    'You may not cancel promotions to prod. Members of team-orders may.',
    service => service.cancel('known', { reason }, { credentials }),
  ],
  [
    'delivery.promotion.cancel',
    'You may not cancel promotions to prod. Members of team-orders may.',
    service =>
      service.resolve(
        'known',
        { resolution: 'none-exists', reason },
        { credentials },
      ),
  ],
  [
    'delivery.promotion.cancel',
    'You may not cancel promotions to prod. Members of team-orders may.',
    service =>
      service.acknowledge(lane, { id: 'change', reason }, { credentials }),
  ],
  [
    'delivery.promotion.override',
    'You may not override gates into prod. Members of team-orders may.',
    service =>
      service.override(
        'known',
        { gates: ['soak'], subject, reason, reviewWithin: 48 },
        { credentials },
      ),
  ],
  [
    'delivery.promotion.override',
    'You may not override gates into prod. Members of team-orders may.',
    service => service.review('override', { note: reason }, { credentials }),
  ],
  [
    'delivery.promotion.cancel',
    'You may not cancel promotions to prod. Members of team-orders may.',
    service => service.hold(lane, { scope: 'all', reason }, { credentials }),
  ],
  [
    'delivery.promotion.cancel',
    'You may not cancel promotions to prod. Members of team-orders may.',
    service => service.liftHold(lane, { reason }, { credentials }),
  ],
];

describe('the guarded promotion service', () => {
  it.each(ACTS)('asks for %s on the very environment', async (name, _, act) => {
    const { asked, done, event, service } = start(AuthorizeResult.ALLOW);
    await act(service);
    expect(asked).toMatchObject([
      {
        permission: { name },
        resourceRef: 'component:default/orders#prod',
      },
    ]);
    expect(done).toHaveLength(1);
    expect(event.success).toHaveBeenCalledTimes(1);
  });

  it.each(ACTS)(
    'does nothing without %s and writes that down',
    async (_, message, act) => {
      const { done, event, service } = start(AuthorizeResult.DENY);
      await expect(act(service)).rejects.toThrow(message);
      expect(done).toEqual([]);
      expect(event.fail).toHaveBeenCalledWith({
        error: expect.objectContaining({ name: 'NotAllowedError' }),
      });
    },
  );

  it('asks about the entity before a release is marked', async () => {
    const mark = (service: PromotionService) =>
      service.mark(
        { service: lane.service, number: 3 },
        { mark: 'bad', reason },
        { credentials },
      );
    const allowed = start(AuthorizeResult.ALLOW);
    await mark(allowed.service);
    expect(allowed.done).toEqual(['mark']);
    expect(allowed.asked).toMatchObject([
      {
        permission: { name: 'delivery.release.mark' },
        resourceRef: 'component:default/orders',
      },
    ]);
    const denied = start(AuthorizeResult.DENY);
    await expect(mark(denied.service)).rejects.toThrow(
      'You may not mark releases of component:default/orders',
    );
    expect(denied.done).toEqual([]);
  });

  it('says of an unknown promotion that there is none', async () => {
    const { event, service } = start(AuthorizeResult.DENY);
    await expect(
      service.cancel('other', { reason }, { credentials }),
    ).rejects.toThrow('There is no promotion other');
    expect(event.fail).toHaveBeenCalledTimes(1);
  });
});
