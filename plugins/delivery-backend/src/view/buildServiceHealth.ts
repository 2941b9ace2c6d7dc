// SPDX-License-Identifier: Apache-2.0
import type {
  DoctorFinding,
  Finding,
  ServiceDelivery,
  ServiceHealth,
} from 'backstage-plugin-delivery-common';
import { gatherFindings } from '../domain/gatherFindings';
import { sourceFinding, unseenCluster } from '../domain/sourceFinding';

const SEVERITY = {
  missing: 'error',
  refused: 'error',
  unknown: 'unknown',
} as const;

/** What delivery of a Service lacks or cannot reach, from what its page says. */
export function buildServiceHealth(
  delivery: Pick<
    ServiceDelivery,
    'service' | 'asOf' | 'environments' | 'findings' | 'sources'
  >,
): ServiceHealth {
  const { asOf, environments, findings, service, sources } = delivery;
  const seen = new Set(
    sources.flatMap(({ id, source }) => (source === 'kubernetes' ? [id] : [])),
  );
  const clusters = new Set(environments.map(({ cluster }) => cluster));
  const all = [
    ...findings.flatMap(wiringFinding),
    ...sources.flatMap(source => sourceFinding(source) ?? []),
    ...[...clusters].filter(name => !seen.has(name)).map(unseenCluster),
  ];
  return {
    service,
    checkedAt: asOf,
    state: stateOf(findings, all),
    findings: gatherFindings(all.map(finding => ({ finding }))),
  };
}

function stateOf(
  findings: readonly Finding[],
  all: readonly DoctorFinding[],
): ServiceHealth['state'] {
  if (
    findings.some(({ state }) => state === 'missing' || state === 'refused')
  ) {
    return 'incomplete';
  }
  return all.length > 0 ? 'unreachable' : 'ok';
}

function wiringFinding(finding: Finding): DoctorFinding[] {
  const { annotation, detail, id, state } = finding;
  return state === 'found'
    ? []
    : [
        {
          severity: SEVERITY[state],
          subject: id,
          detail,
          ...(annotation
            ? {
                fix: `Give the entity the annotation ${annotation.key}: ${annotation.value}`.slice(
                  0,
                  400,
                ),
              }
            : {}),
        },
      ];
}
