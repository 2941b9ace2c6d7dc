// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

const fileSchema = z.looseObject({
  content: z.string(),
  encoding: z.literal('base64'),
});

/** The text of a file as the APIs of GitHub, GitLab and Gitea show it; undefined for no file. */
export function fileText(answer: unknown): string | undefined {
  const file = fileSchema.safeParse(answer);
  return file.success
    ? Buffer.from(file.data.content, 'base64').toString('utf8')
    : undefined;
}
