// SPDX-License-Identifier: Apache-2.0
import { deliveryPromotionCreatePermission } from 'backstage-plugin-delivery-common';
import {
  createDeliveryConditionalDecision,
  deliveryConditions,
} from './deliveryConditions';
import type { DeliveryEnvironmentResource } from './deliveryEnvironmentResourceRef';
import { deliveryEnvironmentRules } from './deliveryEnvironmentRules';

const orders: DeliveryEnvironmentResource = {
  service: 'component:default/orders',
  owner: 'group:default/team-orders',
  environment: 'prod',
  tier: 'production',
};

const { isEntityOwner, isEnvironment, isTier } = deliveryEnvironmentRules;

describe('deliveryEnvironmentRules', () => {
  it('knows the owner of the service', () => {
    expect(
      isEntityOwner.apply(orders, {
        claims: ['user:default/anna', 'group:default/team-orders'],
      }),
    ).toBe(true);
    expect(
      isEntityOwner.apply(orders, { claims: ['group:default/platform'] }),
    ).toBe(false);
    expect(
      isEntityOwner.apply(
        { ...orders, owner: undefined },
        { claims: ['group:default/team-orders'] },
      ),
    ).toBe(false);
  });

  it('knows the environment and its tier', () => {
    expect(isEnvironment.apply(orders, { environments: ['prod'] })).toBe(true);
    expect(isEnvironment.apply(orders, { environments: ['dev'] })).toBe(false);
    expect(isTier.apply(orders, { tiers: ['production'] })).toBe(true);
    expect(isTier.apply(orders, { tiers: ['development'] })).toBe(false);
  });

  it('gives a policy conditions for the resource type', () => {
    expect(
      createDeliveryConditionalDecision(
        deliveryPromotionCreatePermission,
        deliveryConditions.isTier({ tiers: ['staging'] }),
      ),
    ).toMatchObject({
      result: 'CONDITIONAL',
      pluginId: 'delivery',
      resourceType: 'delivery-environment',
      conditions: { rule: 'IS_TIER', params: { tiers: ['staging'] } },
    });
  });
});
