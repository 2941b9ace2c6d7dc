// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

/** The `spec.selector` of a workload. */
export const labelSelectorSchema = z.object({
  matchLabels: z.record(z.string(), z.string()).optional(),
  matchExpressions: z
    .array(
      z.object({
        key: z.string(),
        operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
        values: z.array(z.string()).optional(),
      }),
    )
    .optional(),
});

/** The `spec.selector` of a workload, parsed. */
export type WorkloadSelector = z.infer<typeof labelSelectorSchema>;

/** Says whether labels fulfil a workload's selector; an empty selector takes everything. */
export function matchesLabels(
  selector: WorkloadSelector,
  labels: { [key: string]: string } = {},
): boolean {
  const equal = Object.entries(selector.matchLabels ?? {}).every(
    ([key, value]) => labels[key] === value,
  );
  return (
    equal &&
    (selector.matchExpressions ?? []).every(
      ({ key, operator, values = [] }) => {
        const has = Object.hasOwn(labels, key);
        switch (operator) {
          case 'In':
            return has && values.includes(labels[key]);
          case 'NotIn':
            return !has || !values.includes(labels[key]);
          case 'Exists':
            return has;
          default:
            return !has;
        }
      },
    )
  );
}
