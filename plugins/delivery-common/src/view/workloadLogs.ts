// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

/** What the Pods of a Service in an Environment wrote lately. @public */
export const workloadLogsSchema = z.object({
  /** The Pods there are, those that fail first. */
  pods: z
    .array(
      z.object({
        name: z.string().max(253),
        ready: z.boolean(),
        restarts: z.number().int().nonnegative(),
      }),
    )
    .max(50),
  /** Whose log this is; absent when there is no Pod. */
  pod: z.string().max(253).optional(),
  /** Whether it is of the container that ran before the last restart. */
  previous: z.boolean(),
  text: z.string(),
  /** Whether it was cut off where it became too long or took too much time. */
  truncated: z.boolean(),
});
/** What the Pods of a Service in an Environment wrote lately. @public */
export type WorkloadLogs = z.infer<typeof workloadLogsSchema>;
