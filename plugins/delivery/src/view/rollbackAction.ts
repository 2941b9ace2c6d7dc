// SPDX-License-Identifier: Apache-2.0
import type {
  EnvironmentDelivery,
  ServiceDelivery,
} from 'backstage-plugin-delivery-common';
import { promotionsInto } from './promotionsInto';
import { whoMay } from './whoMay';

/** Whether the roll back of an Environment can be opened, and if not why. */
export type RollbackAction =
  | { kind: 'ready' }
  | { kind: 'blocked' | 'not-allowed'; reason: string };

/** The state of the button *Roll back…* of one Environment. */
export function rollbackAction(
  service: ServiceDelivery,
  { name, rollback }: EnvironmentDelivery,
): RollbackAction {
  if (!rollback.may.allowed) {
    return {
      kind: 'not-allowed',
      reason: `You may not roll back ${name}. ${
        whoMay(rollback.may.who) || rollback.may.reason
      }`,
    };
  }
  const { attention, inFlight } = promotionsInto(service, name);
  const busy = attention ?? inFlight;
  if (busy) {
    return {
      kind: 'blocked',
      reason: `Possible when promotion ${busy.number} has ended.${
        inFlight ? ' Cancel it to go back sooner.' : ''
      }`,
    };
  }
  if (rollback.targets.length === 0) {
    return {
      kind: 'blocked',
      reason: `No other release was ever verified in ${name}.`,
    };
  }
  return { kind: 'ready' };
}
