// SPDX-License-Identifier: Apache-2.0
import { createPermissionRule } from '@backstage/plugin-permission-node';
import { tierSchema } from 'backstage-plugin-delivery-common';
import { z } from 'zod';
import { deliveryEnvironmentResourceRef } from './deliveryEnvironmentResourceRef';

const isEntityOwner = createPermissionRule({
  name: 'IS_ENTITY_OWNER',
  description: 'Allow for services that one of the claims owns',
  resourceRef: deliveryEnvironmentResourceRef,
  paramsSchema: z.object({
    claims: z
      .array(z.string())
      .describe('Entity references of the person and the groups behind it'),
  }),
  apply: ({ owner }, { claims }) =>
    owner !== undefined && claims.some(claim => claim.toLowerCase() === owner),
  toQuery: ({ claims }) => ({ key: 'owner', values: claims }),
});

const isEnvironment = createPermissionRule({
  name: 'IS_ENVIRONMENT',
  description: 'Allow for environments of these names',
  resourceRef: deliveryEnvironmentResourceRef,
  paramsSchema: z.object({
    environments: z.array(z.string()).describe('Names of environments'),
  }),
  apply: ({ environment }, { environments }) =>
    environments.includes(environment),
  toQuery: ({ environments }) => ({ key: 'environment', values: environments }),
});

const isTier = createPermissionRule({
  name: 'IS_TIER',
  description: 'Allow for environments of these tiers',
  resourceRef: deliveryEnvironmentResourceRef,
  paramsSchema: z.object({
    tiers: z
      .array(tierSchema)
      .describe('Any of development, staging, production'),
  }),
  apply: ({ tier }, { tiers }) => tiers.includes(tier),
  toQuery: ({ tiers }) => ({ key: 'tier', values: tiers }),
});

/** The rules a permission policy can use on a Service in one Environment. @public */
export const deliveryEnvironmentRules = {
  isEntityOwner,
  isEnvironment,
  isTier,
};
