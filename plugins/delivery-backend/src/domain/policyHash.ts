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
  return digestOf({
    after: environment.after,
    entry: environment.entry,
    account: environment.account,
    namespace: environment.namespace,
    verifyFor: environment.verifyFor,
    onFailure: environment.onFailure,
    gates: gates.map(gate => ({
      id: gate.id,
      appliesTo: gate.appliesTo,
      written: canonicalSchema.parse(gate.written),
    })),
  });
}
