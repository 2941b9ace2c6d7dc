// SPDX-License-Identifier: Apache-2.0
import type {
  Evidence,
  ImageRecord,
  ReleaseRecord,
} from 'backstage-plugin-delivery-common';

type Image = ReleaseRecord['images'][number];

/** What is known of the build that made an image. */
export type Voucher =
  | { kind: 'record'; record: ImageRecord }
  | { kind: 'none'; reason: string };

/**
 * Whether a record of an image build speaks of this very image.
 *
 * @returns the reason when it does not.
 */
export function findMismatch(
  image: Image,
  record: ImageRecord,
): string | undefined {
  const { builtBy } = image;
  if (record.image.digest !== image.digest) {
    return `the build vouches for ${record.image.digest}, not for ${image.digest}`;
  }
  if (record.image.name !== image.name) {
    return `the build vouches for the image ${record.image.name}, not for ${image.name}`;
  }
  if (
    record.build.job !== builtBy?.job ||
    record.build.number !== builtBy.number
  ) {
    return `its record names the build ${record.build.job} #${record.build.number}`;
  }
  return undefined;
}

/**
 * Adds up what the image builds vouch for. What is unknown of one image is unknown of the
 * whole, because a missing number is not a zero.
 */
export function addUpEvidence(records: readonly ImageRecord[]): Evidence {
  const unitTests = addUp(records.map(record => record.unitTests));
  const imageTest = addUp(records.map(record => record.imageTest));
  const scan = addUp(records.map(record => record.scan));
  return {
    ...(unitTests && { unitTests }),
    ...(imageTest && { imageTest }),
    ...(scan && { scan }),
  };
}

function addUp<K extends string>(
  counts: readonly (Record<K, number> | undefined)[],
): Record<K, number> | undefined {
  return counts.reduce((sum, one) => {
    if (!sum || !one) {
      return undefined;
    }
    const total = { ...sum };
    for (const key in one) {
      if (Object.hasOwn(one, key)) {
        total[key] = sum[key] + one[key];
      }
    }
    return total;
  });
}
