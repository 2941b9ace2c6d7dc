// SPDX-License-Identifier: Apache-2.0
import type {
  Evidence,
  Release,
  ScanCounts,
  TestCounts,
} from 'backstage-plugin-delivery-common';
import type { IconName } from './IconName';
import { shortDigest } from './shortDigest';
import { testCountText } from './testCountText';
import type { Tone } from './Tone';

/** One piece of evidence; without a value it says "No data", never 0. */
export type EvidenceCard = {
  title: string;
  value: string;
  more?: string;
  verdict: { label: string; tone: Tone; icon: IconName };
};

const PASS: EvidenceCard['verdict'] = {
  label: 'Pass',
  tone: 'ok',
  icon: 'check',
};
const FAIL: EvidenceCard['verdict'] = {
  label: 'Fail',
  tone: 'bad',
  icon: 'cancel',
};
const FOUND: EvidenceCard['verdict'] = {
  label: 'Found',
  tone: 'warn',
  icon: 'warning',
};
const NO_DATA: EvidenceCard['verdict'] = {
  label: 'No data',
  tone: 'unknown',
  icon: 'help',
};

/** What CI vouches for, one card for each kind. */
export function evidenceCards(
  release: Pick<Release, 'evidence' | 'build' | 'images'>,
): EvidenceCard[] {
  const { evidence, build, images } = release;
  const digest = images[0] ? `on digest ${shortDigest(images[0].digest)}` : '';
  return [
    testCard('Unit tests', evidence.unitTests, `build #${build.number}`),
    testCard('Image test', evidence.imageTest, digest),
    scanCard(evidence.scan),
  ];
}

function testCard(
  title: string,
  counts: TestCounts | undefined,
  source: string,
): EvidenceCard {
  if (!counts) {
    return {
      title,
      value: 'No data',
      more: 'no build vouches for it',
      verdict: NO_DATA,
    };
  }
  return {
    title,
    value: testCountText(counts),
    more: [source, `${counts.skipped} skipped`].filter(Boolean).join(', '),
    verdict: counts.failed > 0 ? FAIL : PASS,
  };
}

function scanCard(scan: Evidence['scan']): EvidenceCard {
  const title = 'Image scan';
  if (!scan) {
    return {
      title,
      value: 'No data',
      more: 'no scan of this digest is known',
      verdict: NO_DATA,
    };
  }
  return {
    title,
    value: `${scan.critical} critical, ${scan.high} high`,
    more: `${scan.medium} medium, ${scan.low} low`,
    verdict: scanVerdict(scan),
  };
}

function scanVerdict(scan: ScanCounts): EvidenceCard['verdict'] {
  if (scan.critical > 0) {
    return FAIL;
  }
  return scan.high > 0 ? FOUND : PASS;
}
