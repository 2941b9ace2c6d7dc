// SPDX-License-Identifier: Apache-2.0
import type { ServiceCondition } from 'backstage-plugin-delivery-common';
import type { Looks } from './Looks';

/** The conditions of a Service, worst first, as the toggles show them. */
export const CONDITIONS: Record<ServiceCondition, Looks> = {
  'needs-attention': {
    label: 'Needs attention',
    tone: 'warn',
    icon: 'warning',
  },
  unhealthy: { label: 'Unhealthy', tone: 'bad', icon: 'error' },
  drifted: { label: 'Drifted', tone: 'warn', icon: 'compare' },
  'not-seen': { label: 'Not seen', tone: 'unknown', icon: 'cloud-off' },
  blocked: { label: 'Blocked', tone: 'warn', icon: 'clock' },
  'in-flight': { label: 'In flight', tone: 'run', icon: 'sync' },
  behind: { label: 'Behind', tone: 'unknown', icon: 'info' },
  same: { label: 'Same everywhere', tone: 'ok', icon: 'check' },
  'not-on-path': { label: 'Not on path', tone: 'unknown', icon: 'empty' },
};
