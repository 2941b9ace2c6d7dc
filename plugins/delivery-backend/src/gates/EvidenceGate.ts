// SPDX-License-Identifier: Apache-2.0
import type {
  Evidence,
  TestCounts,
  Verdict,
} from 'backstage-plugin-delivery-common';
import type { Gate } from 'backstage-plugin-delivery-node';
import { z } from 'zod';

const limit = z.number().int().nonnegative();

const configSchema = z.strictObject({
  type: z.literal('evidence'),
  unitTests: z.boolean().default(true),
  imageTest: z.boolean().default(false),
  scan: z
    .strictObject({
      critical: limit.optional(),
      high: limit.optional(),
      medium: limit.optional(),
    })
    .optional(),
});

type Config = z.output<typeof configSchema>;

const SEVERITIES = ['critical', 'high', 'medium'] as const;

type Part = { status: Verdict['status']; title: string; value: string };

/**
 * CI must vouch for the images: tests without a failure, findings within limits.
 *
 * @remarks
 * What no build vouches for is unknown, and does not pass.
 *
 * ```yaml
 * gates:
 *   - { type: evidence, imageTest: true, scan: { critical: 0, high: 3 } }
 * ```
 */
export const EvidenceGate: Gate<Config> = {
  type: 'evidence',
  title: () => 'Evidence',
  configSchema,
  defaultFor: ['forward', 'automatic'],
  evaluate(config, { release }) {
    const parts = judge(config, release.evidence);
    const worst = worstOf(parts);
    const evidence: { title: string; value: string }[] = [];
    let told = '';
    for (const { status, title, value } of parts) {
      evidence.push({ title, value });
      if (worst === 'pass' || status === worst) {
        told = told ? `${told}; ${title}: ${value}` : `${title}: ${value}`;
      }
    }
    return { status: worst, reason: `${told}.`, evidence };
  },
};

function worstOf(parts: readonly Part[]): Verdict['status'] {
  let worst: Verdict['status'] = 'pass';
  for (const { status } of parts) {
    if (status === 'fail') {
      return 'fail';
    }
    worst = status === 'unknown' ? 'unknown' : worst;
  }
  return worst;
}

function judge(config: Config, evidence: Evidence): Part[] {
  const parts: Part[] = [];
  if (config.unitTests) {
    parts.push(tests('Unit tests', evidence.unitTests));
  }
  if (config.imageTest) {
    parts.push(tests('Image test', evidence.imageTest));
  }
  if (config.scan) {
    parts.push(scan(config.scan, evidence));
  }
  return parts;
}

function tests(title: string, counts: TestCounts | undefined): Part {
  if (!counts || counts.passed + counts.failed === 0) {
    return { status: 'unknown', title, value: 'no data' };
  }
  return {
    status: counts.failed > 0 ? 'fail' : 'pass',
    title,
    value: `${counts.passed} of ${counts.passed + counts.failed} passed`,
  };
}

function scan(
  limits: NonNullable<Config['scan']>,
  { scan: counts }: Evidence,
): Part {
  const title = 'Image scan';
  if (!counts) {
    return { status: 'unknown', title, value: 'no data' };
  }
  const over = SEVERITIES.filter(severity => {
    const allowed = limits[severity];
    return allowed !== undefined && counts[severity] > allowed;
  });
  return {
    status: over.length > 0 ? 'fail' : 'pass',
    title,
    value:
      over.length > 0
        ? over
            .map(
              severity =>
                `${counts[severity]} ${severity}, at most ${limits[severity]} allowed`,
            )
            .join(', ')
        : `${counts.critical} critical, ${counts.high} high, ${counts.medium} medium`,
  };
}
