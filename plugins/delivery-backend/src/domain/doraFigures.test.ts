// SPDX-License-Identifier: Apache-2.0
import type { Deployment, Release } from 'backstage-plugin-delivery-common';
import { releaseRecord } from '../__testUtils__/releaseRecord';
import { doraFigures } from './doraFigures';
import { toRelease } from './toRelease';

const START = Date.parse('2026-11-01T00:00:00.000Z');
const MINUTE = 60_000;
const at = (minutes: number) =>
  new Date(START + minutes * MINUTE).toISOString();

function deployment(
  minutes: number,
  outcome: Deployment['outcome'],
  more: Partial<Deployment> = {},
): Deployment {
  return {
    id: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
    service: 'component:default/orders',
    environment: 'prod',
    releaseId: 'component:default/orders@1',
    releaseNumber: 1,
    promotionId: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
    promotionNumber: 1,
    kind: 'forward',
    approvedBy: [],
    reason: 'It is time',
    startedAt: at(minutes),
    outcome,
    ...(outcome === 'verified' ? { verifiedAt: at(minutes + 5) } : {}),
    ...(outcome === 'failed' ? { endedAt: at(minutes + 2) } : {}),
    ...more,
  };
}

function release(number: number, given: Partial<Release> = {}): Release {
  return {
    ...toRelease({
      record: releaseRecord(number, { digit: 'a' }),
      evidence: {},
    }),
    builtAt: at(-60),
    ...given,
  };
}

const figuresOf = (
  deployments: Deployment[],
  releases: Release[] = [release(1)],
) =>
  doraFigures({
    deployments,
    releases: new Map(releases.map(one => [one.id, one])),
    days: 10,
  });

describe('doraFigures', () => {
  it('says nothing rather than zero where there is nothing to count', () => {
    expect(figuresOf([])).toEqual({
      leadTime: { count: 0 },
      deployments: { count: 0, perDay: 0 },
      changeFailure: { changes: 0, failed: 0 },
      timeToRestore: { count: 0, open: 0 },
    });
  });

  it('counts from the oldest commit, or from the build, to the first verification', () => {
    const commits = [-30, -90, -10].map((minutes, index) => ({
      id: String(index).repeat(40),
      title: 'Change',
      author: { name: 'mina' },
      at: at(minutes),
    }));
    const dated = release(2, { change: { kind: 'source', commits } });
    const { deployments, leadTime } = figuresOf(
      [
        deployment(0, 'verified'),
        deployment(10, 'verified'),
        deployment(20, 'verified', { releaseId: dated.id }),
      ],
      [release(1), dated],
    );
    expect(leadTime).toEqual({
      count: 2,
      median: ((65 + 115) / 2) * MINUTE,
      p90: 115 * MINUTE,
    });
    expect(deployments).toEqual({ count: 3, perDay: 0.3 });
  });

  it('takes a failure from its end, a rollback from its start, and each lane by itself', () => {
    const { changeFailure, deployments, timeToRestore } = figuresOf([
      deployment(0, 'verified'),
      deployment(20, 'failed'),
      deployment(30, 'verified', { kind: 'rollback' }),
      deployment(100, 'verified'),
      deployment(160, 'verified', { kind: 'rollback' }),
      deployment(200, 'running'),
      deployment(150, 'failed', { environment: 'prod-eu' }),
      deployment(155, 'failed', { environment: 'prod-eu', kind: 'rollback' }),
    ]);
    expect(deployments.count).toBe(2);
    expect(changeFailure).toEqual({ changes: 4, failed: 3, rate: 0.75 });
    // From minute 22 to 35, and from 160 to 165.
    expect(timeToRestore).toEqual({
      count: 2,
      median: 9 * MINUTE,
      p90: 13 * MINUTE,
      open: 1,
    });
  });
});
