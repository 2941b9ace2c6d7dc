// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

const file = z.object({ content: z.string().optional() });

/** The text of a file as the REST APIs of GitHub and GitLab show it. */
export function textOf(answer: unknown): string | undefined {
  const { content } = file.parse(answer);
  return content === undefined
    ? undefined
    : Buffer.from(content, 'base64').toString('utf8');
}
