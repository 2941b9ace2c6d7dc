// SPDX-License-Identifier: Apache-2.0
import type {
  GateVerdict,
  OpenPromotion,
} from 'backstage-plugin-delivery-common';
import { openVerdicts } from './openVerdicts';

/** The Gates in the way of a Promotion that a person with the right may let pass. */
export function overridableGates(promotion: OpenPromotion): {
  may: GateVerdict[];
  never: GateVerdict[];
} {
  const open = promotion.decision ? openVerdicts(promotion.decision) : [];
  return {
    may: open.filter(({ overridable }) => overridable === true),
    never: open.filter(({ overridable }) => overridable !== true),
  };
}
