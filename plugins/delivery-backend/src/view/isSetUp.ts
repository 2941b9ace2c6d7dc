// SPDX-License-Identifier: Apache-2.0
import { DELIVERY_ANNOTATIONS } from 'backstage-plugin-delivery-common';
import type { ServiceFacts } from './ServiceFacts';

/** Whether a Service is on a promotion path, so that its tab has something to show. */
export function isSetUp(
  facts: Pick<ServiceFacts, 'service' | 'releases'>,
): boolean {
  const { annotations } = facts.service;
  return (
    facts.releases.length > 0 ||
    (annotations[DELIVERY_ANNOTATIONS.jenkinsFolder] !== undefined &&
      annotations[DELIVERY_ANNOTATIONS.spinnakerApplication] !== undefined)
  );
}
