// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { decodeHelmRelease } from './decodeHelmRelease';

const RECORD = JSON.stringify({
  name: 'shop',
  chart: { metadata: { name: 'shop-chart', version: '3.8.44' } },
  config: { password: 'canary' },
  manifest: 'canary',
});

/** As Helm stores it, and the API sends what is stored. */
const sent = (packed: Buffer) =>
  Buffer.from(packed.toString('base64')).toString('base64');
const digestOf = (packed: Buffer) =>
  `sha256:${createHash('sha256')
    .update(packed.toString('base64'))
    .digest('hex')}`;

describe('decodeHelmRelease', () => {
  it.each([
    ['zipped', gzipSync(RECORD)],
    ['as early versions stored it', Buffer.from(RECORD)],
  ])('reads the chart of a record, %s', (_, packed) => {
    expect(decodeHelmRelease(sent(packed))).toEqual({
      chart: 'shop-chart',
      version: '3.8.44',
      digest: digestOf(packed),
    });
  });

  it.each([
    ['that is none', Buffer.from('no record')],
    ['cut off', gzipSync(RECORD).subarray(0, 40)],
    ['far larger than it looks', gzipSync(Buffer.alloc(64 * 1024 * 1024))],
    ['of brackets', gzipSync('['.repeat(1_000_000))],
    [
      'with a prototype',
      gzipSync('{"__proto__":{"chart":{"metadata":{"name":"x"}}}}'),
    ],
    ['of other types', gzipSync('{"chart":{"metadata":{"name":7}}}')],
  ])('knows only the digest of a record %s', (_, packed) => {
    expect(decodeHelmRelease(sent(packed))).toEqual({
      digest: digestOf(packed),
    });
  });
});
