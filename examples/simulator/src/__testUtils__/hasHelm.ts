// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';

/** Whether a real helm is installed. */
export function hasHelm(): boolean {
  try {
    execFileSync('helm', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
