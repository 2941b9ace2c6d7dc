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
  return environmentDeliverySchema.parse({
    tier: 'production',
    after: [],
    entry: 'requested',
    cluster: `gke-${input.name}`,
    namespace: 'orders',
    health: 'healthy',
    observation: { state: 'live', observedAt: ago({ seconds: 4 }) },
    workloads: [],
    rollback: {
      may: { allowed: true },
      targets: TARGETS.filter(({ number }) => number !== runs),
      subject: digest('f0'),
    },
    ...rest,
    ...(behindBy ? { behind: { count: behindBy[0], than: behindBy[1] } } : {}),
    ...(summary
      ? {
          release: summary,
          workloads: [
            {
              kind: 'Deployment',
              name: 'orders',
              ready: pods,
              desired: pods,
              images: summary.images,
              health: 'healthy',
            },
          ],
          deployment: {
            promotionId: ulid(300 + summary.number),
            promotionNumber: 271 + summary.number,
            releaseNumber: summary.number,
            kind: by ? 'forward' : 'automatic',
            by: by && `user:default/${by}`,
            at: at ?? ago({ hours: 20 }),
            verifiedAt,
          },
        }
      : {}),
  });
}
