// SPDX-License-Identifier: Apache-2.0
import {
  listedReleaseSchema,
  summarizeRelease,
  type ChangeKind,
  type ListedRelease,
  type ReleaseSummary,
} from 'backstage-plugin-delivery-common';
import { commitId, digest } from './ids';

const KNOWN: Record<
  number,
  {
    tag: string;
    digest: string;
    change: ChangeKind;
    chart: string;
    values: string;
    builtAt: string;
    build: number;
    commits: [string, string, string][];
    environments: NonNullable<ListedRelease['environments']>;
  }
> = {
  44: {
    tag: '2.31.0-a31f9c2-8f2e01aa',
    digest: '9f2c41d8e1a7',
    change: 'source',
    chart: '3.8.44',
    values: '4be1c07',
    builtAt: '2026-11-20T10:24:00Z',
    build: 1187,
    commits: [
      ['a31f9c2', 'Make refund endpoint idempotent', 'ben'],
      ['77d0e45', 'Retry outbox publisher with jitter', 'anna'],
      ['c4410fd', 'Base image 21.0.9 to 21.0.10', 'renovate'],
    ],
    environments: [
      { name: 'dev', outcome: 'verified', at: '2026-11-20T10:30:00Z' },
    ],
  },
  43: {
    tag: '2.30.0-e0b71d8-8f2e01aa',
    digest: '77aa41d8e1a7',
    change: 'base-image',
    chart: '3.8.43',
    values: '4be1c07',
    builtAt: '2026-11-20T08:02:00Z',
    build: 1184,
    commits: [['c4410fd', 'Base image 21.0.9 to 21.0.10', 'renovate']],
    environments: [
      { name: 'dev', outcome: 'verified', at: '2026-11-20T08:10:00Z' },
    ],
  },
  42: {
    tag: '2.30.0-e0b71d8-11bd02c4',
    digest: '51c0a9f37d3e',
    change: 'source',
    chart: '3.8.42',
    values: '4be1c07',
    builtAt: '2026-11-18T14:40:00Z',
    build: 1179,
    commits: [
      ['e0b71d8', 'Split order total into net and tax', 'ben'],
      ['5c9af26', 'Reject orders with an empty basket', 'ben'],
      ['1187c3a', 'Raise outbox batch size to 200', 'anna'],
    ],
    environments: [
      { name: 'dev', outcome: 'verified', at: '2026-11-18T14:50:00Z' },
      { name: 'staging', outcome: 'verified', at: '2026-11-18T15:06:00Z' },
    ],
  },
  41: {
    tag: '2.29.4-0d52be8-11bd02c4',
    digest: 'e8b64f0702c9',
    change: 'configuration',
    chart: '3.8.41',
    values: '9d2a6f3',
    builtAt: '2026-11-17T11:15:00Z',
    build: 1171,
    commits: [['9d2a6f3', 'Raise memory limit', 'chidi']],
    environments: [
      { name: 'dev', outcome: 'verified', at: '2026-11-17T11:30:00Z' },
      { name: 'staging', outcome: 'verified', at: '2026-11-17T12:30:00Z' },
      {
        name: 'production-eu',
        outcome: 'verified',
        at: '2026-11-17T17:08:00Z',
      },
    ],
  },
  40: {
    tag: '2.29.4-0d52be8-11bd02c4',
    digest: 'e8b64f0702c9',
    change: 'source',
    chart: '3.8.40',
    values: '1c83be0',
    builtAt: '2026-11-16T09:31:00Z',
    build: 1170,
    commits: [['0d52be8', 'Validate currency on import', 'chidi']],
    environments: [
      { name: 'dev', outcome: 'verified', at: '2026-11-16T10:00:00Z' },
      { name: 'staging', outcome: 'verified', at: '2026-11-16T12:00:00Z' },
      {
        name: 'production-eu',
        outcome: 'verified',
        at: '2026-11-16T16:00:00Z',
      },
      {
        name: 'production-us',
        outcome: 'verified',
        at: '2026-11-16T16:38:00Z',
      },
    ],
  },
};

/** One of the Releases 40 to 44 of the service orders. */
export function release(number: number): ListedRelease {
  const known = KNOWN[number];
  if (!known) {
    throw new TypeError(`There is no Release ${number}`);
  }
  return listedReleaseSchema.parse({
    id: `release-${number}`,
    service: 'component:default/orders',
    number,
    fingerprint: digest(`${number}`),
    chart: {
      name: 'orders',
      version: known.chart,
      digest: digest(`c${number}`),
      repository: 'http://charts.example.com',
    },
    values: {
      repository: 'https://git.example.com/northwind/orders-chart',
      commit: commitId(known.values),
      files: { dev: digest('d'), staging: digest('e') },
    },
    images: [
      {
        name: 'registry.example.com/northwind/orders',
        tag: known.tag,
        digest: digest(known.digest),
      },
    ],
    change: {
      kind: known.change,
      commits: known.commits.map(([id, title, name]) => ({
        id: commitId(id),
        title,
        author: { name },
        url: `https://git.example.com/northwind/orders/commit/${id}`,
      })),
    },
    build: {
      job: 'orders/chart',
      number: known.build,
      url: `https://jenkins.example.com/job/orders/job/chart/${known.build}/`,
    },
    evidence: {
      unitTests: { passed: 410, failed: 0, skipped: 0 },
      imageTest: { passed: 18, failed: 0, skipped: 0 },
      scan: { critical: 0, high: 0, medium: 4, low: 11 },
    },
    builtAt: known.builtAt,
    environments: known.environments,
  });
}

/** What a tile needs of one of the Releases. */
export function releaseSummary(number: number): ReleaseSummary {
  return summarizeRelease(release(number));
}

/** The Releases 44 to 40, newest first. */
export const releases: ListedRelease[] = [44, 43, 42, 41, 40].map(release);
