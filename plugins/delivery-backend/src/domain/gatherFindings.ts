// SPDX-License-Identifier: Apache-2.0
import type {
  DoctorFinding,
  EntityRef,
} from 'backstage-plugin-delivery-common';

const SEVERITIES: DoctorFinding['severity'][] = ['error', 'unknown', 'warning'];

const EXAMPLES = 5;

/** The same finding of many Services as one with their number; worst first. */
export function gatherFindings(
  findings: readonly { finding: DoctorFinding; service?: EntityRef }[],
): DoctorFinding[] {
  const gathered = new Map<
    string,
    { finding: DoctorFinding; services: Set<EntityRef> }
  >();
  for (const { finding, service } of findings) {
    const key = JSON.stringify(finding);
    const known = gathered.get(key) ?? { finding, services: new Set() };
    if (service) {
      known.services.add(service);
    }
    gathered.set(key, known);
  }
  return [...gathered.values()]
    .map(({ finding, services }) => ({
      ...finding,
      ...(services.size > 0
        ? {
            services: {
              count: services.size,
              examples: [...services].slice(0, EXAMPLES),
            },
          }
        : {}),
    }))
    .sort(
      (a, b) =>
        SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
        a.subject.localeCompare(b.subject),
    );
}
