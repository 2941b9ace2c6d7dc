// SPDX-License-Identifier: Apache-2.0
import type { Finding } from 'backstage-plugin-delivery-common';

/** "2 found, 3 missing, 1 unknown". */
export function findingsSummary(findings: readonly Finding[]): string {
  const states: Finding['state'][] = ['found', 'missing', 'refused', 'unknown'];
  return states
    .map(state => ({
      state,
      count: findings.filter(finding => finding.state === state).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${count} ${state}`)
    .join(', ');
}
