// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { stringify } from 'yaml';
import type { Environment } from '../config/Environment';
import { differences } from './differences';
import { filledIn } from './filledIn';

/** Keys that no values file may set, and why. */
const REFUSED: Record<string, string> = {
  image: 'the image is named by image.yaml of the chart repository',
  environment: 'it is filled in',
};

/**
 * The content of `values-<environment>.yaml`: the environment's name, and of its values
 * those that differ from the chart's own.
 *
 * @throws InputError when a value is given that a values file may not set.
 */
export function renderValuesFile(options: {
  service: string;
  environment: Environment;
  values: JsonObject;
  defaults: JsonObject;
}): string {
  const { service, environment, values, defaults } = options;
  for (const [key, reason] of Object.entries(REFUSED)) {
    if (key in values) {
      throw new InputError(
        `The values of ${environment.name} may not set '${key}': ${reason}`,
      );
    }
  }
  const content = stringify(
    {
      environment: environment.name,
      ...differences(
        filledIn(values, { service, environment: environment.name }),
        defaults,
      ),
    },
    { lineWidth: 0 },
  );
  return `# What differs in ${environment.name} (namespace ${environment.namespace}). Everything else comes from values.yaml.\n${content}`;
}
