// SPDX-License-Identifier: Apache-2.0
import type { Gate } from 'backstage-plugin-delivery-node';
import { z } from 'zod';

const configSchema = z.strictObject({ type: z.literal('health') });

/**
 * What runs in the Environment must not be broken already: a Promotion into it
 * could not be told from the fault.
 *
 * ```yaml
 * gates:
 *   - { type: health }
 * ```
 */
export const HealthGate: Gate<z.output<typeof configSchema>> = {
  type: 'health',
  title: () => 'Target healthy',
  configSchema,
  defaultFor: ['forward', 'automatic'],
  evaluate(_, { environment, environments }) {
    const observation = environments.get(environment.name)?.observation;
    let ready = 0;
    let desired = 0;
    for (const workload of observation?.workloads ?? []) {
      ready += workload.ready;
      desired += workload.desired;
    }
    switch (observation?.health) {
      case 'healthy':
        return { status: 'pass', reason: `${ready} of ${desired} pods ready.` };
      case 'missing':
        return { status: 'pass', reason: 'Nothing runs there yet.' };
      case 'progressing':
        return {
          status: 'wait',
          reason: `A rollout is going on: ${ready} of ${desired} pods ready.`,
        };
      case 'unhealthy':
        return {
          status: 'wait',
          reason: `What runs there is not healthy: ${ready} of ${desired} pods ready.`,
        };
      default:
        return { status: 'unknown', reason: 'What runs there is not known.' };
    }
  },
};
