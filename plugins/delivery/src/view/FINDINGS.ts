// SPDX-License-Identifier: Apache-2.0
import type { Finding } from 'backstage-plugin-delivery-common';
import type { Looks } from './Looks';

/** How what delivery needs of a Service was found. */
export const FINDINGS: Record<Finding['state'], Looks> = {
  found: { label: 'Found', tone: 'ok', icon: 'check' },
  missing: { label: 'Missing', tone: 'bad', icon: 'cancel' },
  unknown: { label: 'Unknown', tone: 'unknown', icon: 'help' },
  refused: { label: 'Refused', tone: 'bad', icon: 'cancel' },
};
