// SPDX-License-Identifier: Apache-2.0
import type { PolicyGate } from 'backstage-plugin-delivery-common';
import { z } from 'zod';
import type { ConfiguredGate } from '../config/DeliveryConfig';

/** What every gate has, and what the answer therefore names by itself. */
const COMMON = [
  'type',
  'id',
  'kinds',
  'mode',
  'onUnknown',
  'overridable',
] as const;

const settingsSchema = z.record(z.string(), z.json());

/**
 * Gates as people may read them.
 *
 * @remarks
 * Some services carry a token in the query of their address; it is left out.
 */
export function describePolicy(gates: readonly ConfiguredGate[]): PolicyGate[] {
  return gates.map(
    ({
      appliesTo,
      config,
      gate,
      id,
      mode,
      onUnknown,
      overridable,
      policy,
      written,
    }) => ({
      gate: id,
      type: gate.type,
      title: gate.title(config),
      origin: policy
        ? { from: 'policy', name: policy }
        : { from: 'environment' },
      kinds: [...appliesTo],
      mode,
      onUnknown,
      overridable,
      settings: settingsSchema.parse(
        Object.fromEntries(
          Object.entries(written)
            .filter(([key]) => !COMMON.some(common => common === key))
            .map(([key, value]) => [key, withoutQuery(value)]),
        ),
      ),
    }),
  );
}

function withoutQuery(value: unknown): unknown {
  return typeof value === 'string' && /^https?:\/\//.test(value)
    ? value.replace(/[?#].*$/, '?…')
    : value;
}
