// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

/** What of a service's Jenkins jobs was chosen, as its chart repository keeps it. */
export const jenkinsAnswersSchema = z.strictObject({
  folder: z.string(),
  instance: z.string().optional(),
  branch: z.string().optional(),
  credentialsId: z.string().optional(),
  poll: z.string().optional(),
  baseImageSchedule: z.string().optional(),
});

/** What of a service's Jenkins jobs was chosen. */
export type JenkinsAnswers = z.infer<typeof jenkinsAnswersSchema>;
