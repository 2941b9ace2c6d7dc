// SPDX-License-Identifier: Apache-2.0
import type { ServiceOverview } from 'backstage-plugin-delivery-common';
import { counted } from './counted';
import { formatMoment } from './formatMoment';
import type { Looks } from './Looks';
import { overviewLooks } from './overviewLooks';
import type { ViewClock } from './ViewClock';

/** One Environment of the path a row of the overview expands to. */
export type OverviewStop = {
  name: string;
  looks: Looks;
  release: string;
  note?: string;
  promotion?: { id: string; text: string };
};

/** The path of one Service, in the order of its Environments. */
export function overviewPath(
  service: ServiceOverview,
  clock: ViewClock,
): OverviewStop[] {
  return service.environments.map((environment, index) => {
    const { name, release, behind, since, promotion } = environment;
    const before = service.environments[index - 1];
    const note = [
      behind && before ? `${counted(behind, 'release')} behind` : '',
      since ? `since ${formatMoment(since, clock)}` : '',
    ]
      .filter(part => part !== '')
      .join(', ');
    return {
      name,
      looks: overviewLooks(environment),
      release: release === undefined ? 'No release yet' : `Release ${release}`,
      ...(note ? { note } : {}),
      ...(promotion
        ? {
            promotion: {
              id: promotion.id,
              text: `Release ${promotion.releaseNumber} to ${name}: ${
                promotion.phase === 'needs-attention'
                  ? 'needs attention'
                  : promotion.phase
              }`,
            },
          }
        : {}),
    };
  });
}
