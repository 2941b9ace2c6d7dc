// SPDX-License-Identifier: Apache-2.0
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  createPermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import {
  deliveryPromotionApprovePermission,
  deliveryPromotionCancelPermission,
  deliveryPromotionCreatePermission,
  deliveryPromotionOverridePermission,
  deliveryServiceReadPermission,
} from 'backstage-plugin-delivery-common';
import { DeliveryPolicy } from './DeliveryPolicy';

const createTask = createPermission({
  name: 'scaffolder.task.create',
  attributes: { action: 'create' },
});

const GROUPS: Record<string, string> = {
  anna: 'team-orders',
  ben: 'team-orders',
  chidi: 'platform',
  mina: 'guests',
};

function decide(name: string, permission: Permission) {
  const ref = `user:default/${name}`;
  return new DeliveryPolicy().handle(
    { permission },
    {
      credentials: mockCredentials.user(ref),
      info: {
        userEntityRef: ref,
        ownershipEntityRefs: [ref, `group:default/${GROUPS[name]}`],
      },
    },
  );
}

describe('DeliveryPolicy', () => {
  it.each(['anna', 'ben', 'chidi', 'mina'])('lets %s read', async name => {
    expect(await decide(name, deliveryServiceReadPermission)).toEqual({
      result: AuthorizeResult.ALLOW,
    });
  });

  it.each([
    createTask,
    deliveryPromotionCreatePermission,
    deliveryPromotionApprovePermission,
    deliveryPromotionCancelPermission,
    deliveryPromotionOverridePermission,
  ])('denies $name to a reader', async permission => {
    expect(await decide('mina', permission)).toEqual({
      result: AuthorizeResult.DENY,
    });
  });

  it('denies everything but reading to nobody in particular', async () => {
    expect(
      await new DeliveryPolicy().handle({
        permission: deliveryPromotionCreatePermission,
      }),
    ).toEqual({ result: AuthorizeResult.DENY });
  });

  it.each([createTask, deliveryPromotionCreatePermission])(
    'allows $name to a developer, for any service',
    async permission => {
      expect(await decide('ben', permission)).toEqual({
        result: AuthorizeResult.ALLOW,
      });
    },
  );

  it('lets owners approve for their own services, and the platform for all', async () => {
    expect(
      await decide('anna', deliveryPromotionApprovePermission),
    ).toMatchObject({
      result: AuthorizeResult.CONDITIONAL,
      resourceType: 'delivery-environment',
      conditions: {
        rule: 'IS_ENTITY_OWNER',
        params: { claims: ['user:default/anna', 'group:default/team-orders'] },
      },
    });
    expect(await decide('chidi', deliveryPromotionApprovePermission)).toEqual({
      result: AuthorizeResult.ALLOW,
    });
  });

  it('leaves breaking the glass in production to the platform', async () => {
    expect(
      await decide('anna', deliveryPromotionOverridePermission),
    ).toMatchObject({
      conditions: {
        allOf: [
          { rule: 'IS_ENTITY_OWNER' },
          { not: { rule: 'IS_TIER', params: { tiers: ['production'] } } },
        ],
      },
    });
    expect(await decide('chidi', deliveryPromotionOverridePermission)).toEqual({
      result: AuthorizeResult.ALLOW,
    });
  });
});
