// SPDX-License-Identifier: Apache-2.0
import type { ReleaseDiff } from 'backstage-plugin-delivery-common';
import type { IconName } from './IconName';
import { shortDigest } from './shortDigest';

/** One thing a roll back takes back, keeps, or cannot take back. */
export type GoesBack = { icon: IconName; what: string; text: string };

/** What else goes back with a Release; always listed, known or not. */
export function whatGoesBack(
  environment: string,
  diff: ReleaseDiff | undefined,
): GoesBack[] {
  return [
    ...(diff ? changes(diff) : []),
    {
      icon: 'warning',
      what: 'Database:',
      text: 'nothing is undone there; check by hand whether the older release can read what the newer one wrote',
    },
    {
      icon: 'lock',
      what: 'Automatic promotion',
      text: `to ${environment} is put on hold until someone lifts it`,
    },
  ];
}

function changes({ from, to, values }: ReleaseDiff): GoesBack[] {
  const image = to.images[0];
  const before = from?.images[0];
  return [
    {
      icon: 'tune',
      what: 'Values',
      text:
        values.state === 'unknown'
          ? `could not be compared: ${values.reason}`
          : `${
              from ? `${from.valuesCommit.slice(0, 7)} to ` : ''
            }${to.valuesCommit.slice(0, 7)}, +${values.added} −${
              values.removed
            }`,
    },
    {
      icon: 'layers',
      what: 'Chart',
      text:
        from && from.chartVersion !== to.chartVersion
          ? `${from.chartVersion} to ${to.chartVersion}`
          : `is ${to.chartVersion}`,
    },
    ...(image
      ? [
          {
            icon: 'code' as const,
            what: 'Image',
            text:
              before?.digest === image.digest
                ? `stays ${image.tag} @ ${shortDigest(image.digest)}`
                : `goes back to ${image.tag} @ ${shortDigest(image.digest)}`,
          },
        ]
      : []),
  ];
}
