// SPDX-License-Identifier: Apache-2.0
import {
  imageRecordSchema,
  releaseRecordSchema,
} from 'backstage-plugin-delivery-common';
import type { Built } from './Workshop';

/** The `delivery-image.json` of a build; fails with the log when there is none. */
export function imageRecordOf(built: Built) {
  return imageRecordSchema.parse(parseRecord(built));
}

/** The `delivery-release.json` of a build; fails with the log when there is none. */
export function releaseRecordOf(built: Built) {
  return releaseRecordSchema.parse(parseRecord(built));
}

function parseRecord(built: Built): unknown {
  if (!built.ok || !built.record) {
    throw new Error(`The build made no record:\n${built.log}`);
  }
  return JSON.parse(built.record);
}
