// SPDX-License-Identifier: Apache-2.0
import type { EntityRef, MayState } from 'backstage-plugin-delivery-common';

/** What the permission policy lets a person do in one Environment of a Service. */
export type Abilities = {
  promote: MayState;
  approve: MayState;
  cancel: MayState;
  override: MayState;
};

const ACTS = {
  promote: (environment: string) => `promote to ${environment}`,
  approve: (environment: string) => `approve for ${environment}`,
  cancel: (environment: string) => `cancel promotions to ${environment}`,
  override: (environment: string) => `override gates into ${environment}`,
};

/** The refusal in words: what the person may not, and who may. */
export function refusal(
  act: keyof Abilities,
  options: { environment: string; owner?: EntityRef },
): Extract<MayState, { allowed: false }> {
  const { environment, owner } = options;
  const group = owner?.startsWith('group:') ?? false;
  const name = owner?.slice(owner.indexOf('/') + 1);
  const who = owner
    ? `${group ? `Members of ${name}` : name} may.`
    : 'Ask the people who look after this portal.';
  return {
    allowed: false,
    reason: `You may not ${ACTS[act](environment)}. ${who}`.slice(0, 300),
    ...(owner ? { who: [owner] } : {}),
  };
}
