// SPDX-License-Identifier: Apache-2.0
import {
  EMBEDDED_CHART_MAX_BYTES,
  type Release,
} from 'backstage-plugin-delivery-common';
import { digestOf } from 'backstage-plugin-delivery-node';
import type { StoredService } from '../database/services';
import { attempt } from './attempt';
import type { EngineRoom } from './EngineRoom';

const ASK_MS = 30_000;

/**
 * The package of a Release's chart, from the CI server that built the Release, once it is
 * certain that it is the very one.
 *
 * @remarks
 * `refused` is final: the package is gone, too large or another one. `unknown` may pass.
 */
export async function readChartPackage(
  room: Pick<EngineRoom, 'sources'>,
  { release, service }: { release: Release; service: StoredService },
): Promise<{ ready: Buffer } | { refused: string } | { unknown: string }> {
  const what = `The chart of Release ${release.number}`;
  let reason = 'no CI server of this portal keeps packages of charts';
  for (const source of room.sources) {
    if (!source.chartPackage) {
      continue;
    }
    const asked = await attempt(
      source.chartPackage(
        { service, release, maxBytes: EMBEDDED_CHART_MAX_BYTES },
        { signal: AbortSignal.timeout(ASK_MS) },
      ),
    );
    if (!asked.ok) {
      return { unknown: `${what} could not be read: ${asked.error.message}` };
    }
    if (asked.value.state === 'found') {
      const { bytes } = asked.value;
      const { job, number } = release.build;
      return digestOf(new Uint8Array(bytes)) === release.chart.digest
        ? { ready: Buffer.from(bytes) }
        : {
            refused: `${what} is not what ${job} #${number} archived: the digests differ. Somebody replaced it, or the job was made anew; promote another Release.`,
          };
    }
    reason = asked.value.reason;
  }
  return { refused: `${what} cannot be handed over: ${reason}.` };
}
