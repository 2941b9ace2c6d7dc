// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { InputError } from '@backstage/errors';
import { parse } from 'yaml';
import { z } from 'zod';

const documentSchema = z.looseObject({ simulator: z.json() });

/**
 * Reads the `simulator` section of a configuration file, such as the portal's own, with
 * `${NAME}` replaced by environment variables as Backstage does.
 *
 * @throws InputError when the section is missing or a variable is not set.
 */
export function readConfigFile(
  file: string,
  env: NodeJS.ProcessEnv = process.env,
): unknown {
  const parsed = documentSchema.safeParse(parse(readFileSync(file, 'utf8')));
  if (!parsed.success) {
    throw new InputError(`${file} has no section 'simulator'`);
  }
  return withVariables(parsed.data.simulator, env);
}

function withVariables(
  value: z.core.util.JSONType,
  env: NodeJS.ProcessEnv,
): unknown {
  if (typeof value === 'string') {
    return value.replace(/\$\{([A-Za-z0-9_]+)\}/g, (_, name: string) => {
      const found = env[name];
      if (found === undefined) {
        throw new InputError(
          `The configuration names the environment variable ${name}, which is not set`,
        );
      }
      return found;
    });
  }
  if (Array.isArray(value)) {
    return value.map(one => withVariables(one, env));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, withVariables(one, env)]),
    );
  }
  return value;
}
