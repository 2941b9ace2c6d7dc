// SPDX-License-Identifier: Apache-2.0
import {
  environmentDeliverySchema,
  type EnvironmentDelivery,
} from 'backstage-plugin-delivery-common';
import { digest, ulid } from './ids';
import { ago } from './instants';
import { releaseSummary } from './releases';

type Input = Partial<EnvironmentDelivery> & {
  name: string;
  runs?: number;
  pods?: number;
  by?: string;
  at?: string;
  verifiedAt?: string;
  behindBy?: [number, string];
};

const TARGETS = [41, 40, 39].map(number => ({
  releaseId: `release-${number}`,
  number,
  verifiedAt: '2026-11-16T16:38:00.000Z',
}));

/** A healthy Environment that runs one of the Releases, with what differs. */
export function environment(input: Input): EnvironmentDelivery {
  const { runs, pods = 3, by, at, verifiedAt, behindBy, ...rest } = input;
  const summary = runs === undefined ? undefined : releaseSummary(runs);
  const image = summary?.images[0];
  return environmentDeliverySchema.parse({
    tier: 'production',
    after: [],
    entry: 'requested',
    cluster: `gke-${input.name}`,
    namespace: 'orders',
    health: 'healthy',
    observation: { state: 'live', observedAt: ago({ seconds: 4 }) },
    release: summary,
    workloads: summary
      ? [
          {
            kind: 'Deployment',
            name: 'orders',
            ready: pods,
            desired: pods,
            images: image
              ? [{ name: image.name, tag: image.tag, digest: image.digest }]
              : [],
            health: 'healthy',
          },
        ]
      : [],
    deployment:
      runs === undefined
        ? undefined
        : {
            promotionId: ulid(300 + runs),
            promotionNumber: 271 + runs,
            releaseNumber: runs,
            kind: by ? 'forward' : 'automatic',
            by: by && `user:default/${by}`,
            at: at ?? ago({ hours: 20 }),
            verifiedAt,
          },
    behind: behindBy && { count: behindBy[0], than: behindBy[1] },
    rollback: {
      may: { allowed: true },
      targets: TARGETS.filter(({ number }) => number !== runs),
      subject: digest('f0'),
    },
    ...rest,
  });
}
