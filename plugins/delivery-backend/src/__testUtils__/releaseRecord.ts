// SPDX-License-Identifier: Apache-2.0
import type { ReleaseRecord } from 'backstage-plugin-delivery-common';
import { digestOf } from 'backstage-plugin-delivery-node';
import { digestLike } from './digestLike';

/** The values file of every Environment, as the chart repository holds it. */
export const VALUES = Buffer.from('replicaCount: 2\n');

/** A Release record as the chart job archives it; `digit` is its image. */
export function releaseRecord(
  number: number,
  given: { digit: string; author?: string; service?: string },
): ReleaseRecord {
  return {
    schema: 'delivery.release/v1',
    service: given.service ?? 'component:default/orders',
    number,
    chart: {
      name: 'orders',
      version: `3.8.${number}`,
      digest: digestOf(`chart ${number}`),
      repository: 'http://charts.example',
    },
    values: {
      repository: 'http://git.example/northwind/orders-chart',
      commit: number.toString(16).padStart(40, '0'),
      files: {
        dev: digestOf(new Uint8Array(VALUES)),
        staging: digestOf(new Uint8Array(VALUES)),
        prod: digestOf(new Uint8Array(VALUES)),
      },
    },
    images: [
      {
        name: 'registry.example/orders',
        tag: `1.0.${number}`,
        digest: digestLike(given.digit),
      },
    ],
    change: {
      kind: 'source',
      commits: [
        {
          id: number.toString(16).padStart(40, 'a'),
          title: `Change ${number}`,
          author: { name: given.author ?? 'mina' },
        },
      ],
    },
    build: { job: 'orders/chart', number },
    builtAt: '2026-11-16T08:59:00.000Z',
  };
}
