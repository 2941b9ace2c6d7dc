// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VendorServer } from './VendorServer';

const CHARTS = join(__dirname, 'standIns');

/** Packages small charts that stand in for published ones and serves them; needs Helm. */
export function publishStandIns(vendors: VendorServer): void {
  const folder = mkdtempSync(join(tmpdir(), 'stand-ins-'));
  try {
    for (const chart of readdirSync(CHARTS)) {
      execFileSync('helm', ['package', join(CHARTS, chart), '-d', folder]);
    }
    for (const file of readdirSync(folder)) {
      vendors.published.set(file, readFileSync(join(folder, file)));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
