// SPDX-License-Identifier: Apache-2.0
import { doorSchema, type Door } from 'backstage-plugin-delivery-common';
import { decision, PASSING } from './decisions';
import { digest } from './ids';
import { release, releaseSummary } from './releases';

/** An open door for one of the Releases, with what differs. */
export function door(
  input: Partial<Door> & { from: string; to: string; ships?: Door['ships'] },
  candidate?: number,
): Door {
  return doorSchema.parse({
    candidate: candidate === undefined ? undefined : releaseSummary(candidate),
    alreadyThere: false,
    subject: candidate === undefined ? undefined : digest(`5${candidate}`),
    decision: candidate === undefined ? undefined : decision(PASSING),
    slots: [],
    notCounted: [],
    ships: {
      releases: candidate === undefined ? 0 : 2,
      commits: candidate === undefined ? [] : release(candidate).change.commits,
      commitCount:
        candidate === undefined ? 0 : release(candidate).change.commits.length,
    },
    may: { allowed: true },
    ...input,
  });
}

/** The two slots of the approvals into production, filled by those named. */
export function slots(...filledBy: string[]): Door['slots'] {
  return [
    {
      name: 'owner',
      from: 'group:default/team-orders',
      filledBy: filledBy[0] && `user:default/${filledBy[0]}`,
      eligible: ['user:default/chidi', 'user:default/dana'],
    },
    {
      name: 'platform',
      from: 'group:default/platform',
      filledBy: filledBy[1] && `user:default/${filledBy[1]}`,
      eligible: ['user:default/lee', 'user:default/mina'],
    },
  ];
}
