// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { fieldOf, textOf } from './readJson';
import { parseModestJson } from './parseModestJson';

/** A record that is larger when unpacked is known by its labels only. */
const MAX_UNPACKED_BYTES = 3 * 1024 * 1024;

/** What is read of the record that Helm keeps of a release. */
export interface DecodedHelmRelease {
  /** The name of the chart. */
  chart?: string;
  /** The version of the chart. */
  version?: string;
  /** The SHA-256 of the record as it is stored. */
  digest: string;
}

/**
 * Reads the chart and its version out of Helm's record, and nothing else.
 *
 * @remarks
 * The record also holds the values and the rendered manifest, which can be secret; they are
 * dropped with the text. A record that cannot be understood has a digest only.
 *
 * @param data - the value of the Secret's key `release`, as the API sends it.
 */
export function decodeHelmRelease(data: string): DecodedHelmRelease {
  const stored = Buffer.from(data, 'base64');
  const digest = `sha256:${createHash('sha256').update(stored).digest('hex')}`;
  const metadata = fieldOf(fieldOf(readRecord(stored), 'chart'), 'metadata');
  const chart = textOf(metadata, 'name', 100);
  const version = textOf(metadata, 'version', 100);
  return {
    ...(chart === undefined ? {} : { chart }),
    ...(version === undefined ? {} : { version }),
    digest,
  };
}

function readRecord(stored: Buffer): unknown {
  const packed = Buffer.from(stored.toString('latin1'), 'base64');
  const zipped = packed[0] === 0x1f && packed[1] === 0x8b;
  try {
    return parseModestJson(
      zipped
        ? gunzipSync(packed, { maxOutputLength: MAX_UNPACKED_BYTES })
        : packed,
    );
  } catch {
    return undefined;
  }
}
