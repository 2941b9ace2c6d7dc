// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

/** An Orca task, started with `POST /tasks`. @public */
export const taskSchema = z.looseObject({
  id: z.string(),
  status: z.string(),
  variables: z
    .array(z.looseObject({ key: z.string(), value: z.json().optional() }))
    .default([]),
});

/** An Orca task. @public */
export type SpinnakerTask = z.infer<typeof taskSchema>;
