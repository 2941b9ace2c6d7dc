// SPDX-License-Identifier: Apache-2.0
import { toError } from '@backstage/errors';
import type {
  DoctorFinding,
  EntityRef,
} from 'backstage-plugin-delivery-common';
import type {
  ConfiguredGate,
  EnvironmentConfig,
} from '../config/DeliveryConfig';

/** Gates of one door that can never pass, or probably not as they were meant. */
export function lintDoor(given: {
  environment: Pick<EnvironmentConfig, 'name' | 'after'>;
  gates: readonly ConfiguredGate[];
  people: ReadonlyMap<string, readonly EntityRef[]>;
  now: Date;
}): DoctorFinding[] {
  const { environment, gates, now, people } = given;
  const closed = gates
    .filter(({ mode }) => mode === 'enforce')
    .flatMap(({ config, gate }) => gate.closed?.(config, now) ?? []);
  return gates.flatMap(({ config, gate, id, key, mode }) =>
    lintOf(
      () => gate.lint?.(config, { now, environment, people, closed }) ?? [],
    ).map(finding => ({
      ...finding,
      // What is only shown keeps nobody out.
      severity:
        mode === 'audit' && finding.severity === 'error'
          ? ('warning' as const)
          : finding.severity,
      subject: `${environment.name}/${id}`,
      key,
    })),
  );
}

function lintOf<T>(lint: () => T[]): (T | Fault)[] {
  try {
    return lint();
  } catch (error) {
    return [
      {
        severity: 'unknown',
        detail: `The gate could not be checked: ${
          toError(error).message
        }`.slice(0, 600),
      },
    ];
  }
}

type Fault = { severity: 'unknown'; detail: string };
