// SPDX-License-Identifier: Apache-2.0
import type { z } from 'zod';

/** The first fault of a part of the configuration, with the key where it is. */
export function faultSentence(key: string, error: z.ZodError): string {
  const [issue] = error.issues;
  const at = issue.path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : `${text}.${String(part)}`,
    key,
  );
  const missing =
    issue.code === 'invalid_type' && issue.message.endsWith('undefined');
  return `The configuration ${at} ${
    missing ? 'is missing' : `cannot be used: ${issue.message}`
  }`;
}
