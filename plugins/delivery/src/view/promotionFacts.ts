// SPDX-License-Identifier: Apache-2.0
import type { PromotionDetail } from 'backstage-plugin-delivery-common';
import { CHANGE_KINDS } from './CHANGE_KINDS';
import { middleDigest } from './middleDigest';
import type { FactRow } from './whatRuns';

/** What was promoted, as facts for the panel of the promotion page. */
export function promotionFacts(promotion: PromotionDetail): FactRow[] {
  const { release, replaces } = promotion;
  const kind = CHANGE_KINDS[release.change.kind];
  return [
    {
      name: 'Release',
      parts: [{ text: `Release ${release.number}`, style: 'strong' }],
      icon: { name: kind.icon, text: kind.long },
    },
    { name: 'To', parts: [{ text: promotion.environment }] },
    ...release.images.map(image => ({
      name: 'Image',
      parts: [{ text: image.tag, style: 'mono' as const }],
      code: {
        text: middleDigest(image.digest),
        copy: image.digest,
        what: 'digest',
      },
    })),
    {
      name: 'Chart',
      parts: [{ text: `${release.chart.name} ${release.chart.version}` }],
    },
    {
      name: 'Values',
      parts: [{ text: release.values.commit.slice(0, 7), style: 'mono' }],
    },
    ...(replaces
      ? [
          {
            name: 'Replaces',
            parts: [{ text: `Release ${replaces}`, style: 'strong' as const }],
          },
        ]
      : []),
  ];
}
