// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';

/**
 * Builds a path of Gate from segments, each percent-encoded.
 *
 * Throws {@link @backstage/errors#InputError} for an empty segment and for `.` and `..`,
 * which would make the call reach something else.
 */
export function gatePath(...segments: string[]): string {
  return segments
    .map(segment => {
      if (segment === '' || segment === '.' || segment === '..') {
        throw new InputError(
          `'${segment}' cannot be part of a Spinnaker path; give a name`,
        );
      }
      return `/${encodeURIComponent(segment)}`;
    })
    .join('');
}
