// SPDX-License-Identifier: Apache-2.0
import { createConditionExports } from '@backstage/plugin-permission-node';
import { deliveryEnvironmentResourceRef } from './deliveryEnvironmentResourceRef';
import { deliveryEnvironmentRules } from './deliveryEnvironmentRules';

const { conditions, createConditionalDecision } = createConditionExports({
  resourceRef: deliveryEnvironmentResourceRef,
  rules: deliveryEnvironmentRules,
});

/**
 * The conditions a permission policy answers with: `isEntityOwner({ claims })`,
 * `isEnvironment({ environments })`, `isTier({ tiers })`.
 * @public
 */
export const deliveryConditions = conditions;

/**
 * Wraps conditions into the decision of a policy.
 *
 * @example
 * ```ts
 * if (isPermission(request.permission, deliveryPromotionCancelPermission)) {
 *   return createDeliveryConditionalDecision(
 *     request.permission,
 *     deliveryConditions.isEntityOwner({ claims: user.info.ownershipEntityRefs }),
 *   );
 * }
 * ```
 * @public
 */
export const createDeliveryConditionalDecision = createConditionalDecision;
