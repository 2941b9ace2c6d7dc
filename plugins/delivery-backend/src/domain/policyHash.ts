// SPDX-License-Identifier: Apache-2.0
import type { Canonical, Digest } from 'backstage-plugin-delivery-common';
import { digestOf } from 'backstage-plugin-delivery-node';
import { z } from 'zod';
import type {
  ConfiguredGate,
  EnvironmentConfig,
} from '../config/DeliveryConfig';

const canonicalSchema: z.ZodType<Canonical> = z.lazy(() =>
  z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.array(canonicalSchema),
    z.record(z.string(), canonicalSchema),
  ]),
);

type Rules = Pick<
  EnvironmentConfig,
  'account' | 'after' | 'entry' | 'namespace' | 'onFailure' | 'verifyFor'
>;

/** By the list of Gates: rules are asked for far more often than they change. */
const hashed = new WeakMap<
  readonly ConfiguredGate[],
  { rules: Rules; hash: Digest }
>();

/**
 * A digest of the rules on an Environment's door, as they were written.
 *
 * @remarks
 * It is part of what an approval signs: loosening a Gate voids the approvals
 * that were given under the stricter one.
 */
export function policyHash(
  environment: EnvironmentConfig,
  gates: readonly ConfiguredGate[],
): Digest {
  const { account, after, entry, namespace, onFailure, verifyFor } =
    environment;
  const rules = { after, entry, account, namespace, verifyFor, onFailure };
  const before = hashed.get(gates);
  if (before && same(before.rules, environment)) {
    return before.hash;
  }
  const hash = digestOf({
    ...rules,
    gates: gates.map(gate => ({
      id: gate.id,
      appliesTo: gate.appliesTo,
      written: canonicalSchema.parse(gate.written),
    })),
  });
  hashed.set(gates, { rules, hash });
  return hash;
}

function same(before: Rules, now: Rules): boolean {
  return (
    before.account === now.account &&
    before.after === now.after &&
    before.entry === now.entry &&
    before.namespace === now.namespace &&
    before.onFailure === now.onFailure &&
    before.verifyFor === now.verifyFor
  );
}
