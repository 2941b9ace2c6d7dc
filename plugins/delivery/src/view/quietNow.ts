// SPDX-License-Identifier: Apache-2.0
import type { Door, ServiceDelivery } from 'backstage-plugin-delivery-common';
import { counted } from './counted';
import { formatMoment } from './formatMoment';
import { missingApprovals } from './missingApprovals';
import type { NowView } from './nowView';
import { personName } from './personName';
import { promoteButton } from './promoteButton';
import type { ViewClock } from './ViewClock';

/** The Now card when nothing is going on: what was last, and what could be next. */
export function quietNow(service: ServiceDelivery, clock: ViewClock): NowView {
  const last = service.environments
    .flatMap(({ name, deployment }) =>
      deployment ? [{ name, deployment }] : [],
    )
    .sort((a, b) => b.deployment.at.localeCompare(a.deployment.at))[0];
  const hint = hintOf(service, clock);
  return {
    tone: 'unknown',
    urgent: false,
    title: 'Nothing in flight',
    ...(last
      ? {
          lead: {
            before: 'Last: ',
            bold: `Release ${last.deployment.releaseNumber} to ${last.name}`,
            after: `, ${deed(last.deployment)}${
              last.deployment.verifiedAt
                ? `, verified ${formatMoment(
                    last.deployment.verifiedAt,
                    clock,
                  )}`
                : ` ${formatMoment(last.deployment.at, clock)}`
            }.`,
          },
          promotion: {
            id: last.deployment.promotionId,
            number: last.deployment.promotionNumber,
          },
        }
      : {
          text: 'Nothing was deployed yet. The first release enters by itself.',
        }),
    ...(hint ? { hint } : {}),
    actions: [],
  };
}

function deed({ by, kind }: { by?: string; kind: string }): string {
  if (kind === 'rollback') {
    return by ? `rolled back by ${personName(by)}` : 'rolled back by itself';
  }
  return by ? `promoted by ${personName(by)}` : 'entered by itself';
}

function hintOf(
  service: ServiceDelivery,
  clock: ViewClock,
): NowView['hint'] | undefined {
  const buttons = service.doors.map(door => ({
    door,
    button: promoteButton(service, door, clock),
  }));
  const ready = buttons.filter(({ button }) => button.kind === 'ready');
  if (ready.length > 0) {
    return { icon: 'info', text: possible(ready.map(({ door }) => door)) };
  }
  const refused = buttons.find(({ button }) => button.kind === 'not-allowed');
  if (refused && !refused.door.may.allowed) {
    return {
      icon: 'lock',
      text: `You can read everything here. ${refused.door.may.reason}`,
    };
  }
  return undefined;
}

function possible(doors: readonly Door[]): string {
  const groups = new Map<string, Door[]>();
  for (const door of doors) {
    const key = `${door.candidate?.number} ${missingApprovals(door.slots)}`;
    groups.set(key, [...(groups.get(key) ?? []), door]);
  }
  return [...groups.values()]
    .map(group => {
      const missing = missingApprovals(group[0]?.slots ?? []);
      const release = `Release ${group[0]?.candidate?.number}`;
      const where = group.map(({ to }) => to).join(' and ');
      return missing > 0
        ? `${release} can be requested for ${where}; ${
            group.length > 1 ? 'each' : 'it'
          } needs ${counted(missing, 'approval')}.`
        : `${release} can go to ${where} now.`;
    })
    .join(' ');
}
