// SPDX-License-Identifier: Apache-2.0
import { execSync } from 'node:child_process';

/** Whether one of the tools that build an overlay is installed. */
export function hasKustomize(): boolean {
  return ['kustomize version', 'kubectl kustomize --help'].some(command => {
    try {
      execSync(command, { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
}
