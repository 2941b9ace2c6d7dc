// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { z } from 'zod';

/** One Jenkins controller of the configuration. */
export type JenkinsInstanceConfig = {
  name: string;
  baseUrl: string;
  username: string;
  apiToken: string;
};

const text = z.string().min(1, 'must not be empty');

const jenkinsSchema = z.strictObject({
  instances: z
    .array(
      z.strictObject({
        name: z
          .string()
          .regex(/^[A-Za-z0-9-]+$/, 'must be letters, digits and dashes'),
        baseUrl: z
          .url({
            protocol: /^https?$/,
            message: 'must be an http or https address',
          })
          .refine(url => !URL.canParse(url) || !new URL(url).password, {
            message: 'must not carry credentials; set username and apiToken',
          }),
        username: text,
        apiToken: text,
      }),
    )
    .refine(
      instances =>
        new Set(instances.map(({ name }) => name)).size === instances.length,
      { message: 'two instances have the same name' },
    ),
});

/**
 * Reads `delivery.jenkins`; no section means no instances.
 *
 * @throws InputError that names every key at fault and never repeats a value.
 */
export function readJenkinsConfig(root: Config): JenkinsInstanceConfig[] {
  const section = root.getOptional('delivery.jenkins');
  if (section === undefined) {
    return [];
  }
  const parsed = jenkinsSchema.safeParse(section);
  if (!parsed.success) {
    throw new InputError(
      `The configuration of Jenkins is wrong: ${parsed.error.issues
        .flatMap(sentences)
        .join('; ')}`,
    );
  }
  return parsed.data.instances;
}

function sentences(issue: z.core.$ZodIssue): string[] {
  const at = ['delivery', 'jenkins', ...issue.path]
    .map(part => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .slice(1);
  return issue.code === 'unrecognized_keys'
    ? issue.keys.map(key => `${at}.${key} is not a known key`)
    : [
        `${at}: ${
          issue.code === 'invalid_type' && issue.message.endsWith('undefined')
            ? 'is missing'
            : issue.message
        }`,
      ];
}
