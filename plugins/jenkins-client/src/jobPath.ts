// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';

/**
 * Turns a job's full name, such as `orders/chart`, into its path on a Jenkins controller.
 *
 * @remarks
 * Each segment is encoded on its own. The name of a branch job in a multibranch project
 * is given as Jenkins reports it, for example `feature%2Fa`.
 *
 * @throws InputError for empty, `.` and `..` segments and control characters, so that no
 * request is made with a path that could leave the folder.
 * @public
 */
export function jobPath(fullName: string): string {
  return segmentsOf(fullName, 'job name')
    .map(segment => `/job/${encodeURIComponent(segment)}`)
    .join('');
}

/** The path of a build on a controller. */
export function buildPath(fullName: string, number: number): string {
  return `${jobPath(fullName)}/${Math.trunc(number)}`;
}

/**
 * Encodes the path of an archived file relative to its build.
 *
 * @throws InputError by the same rules as {@link jobPath}.
 */
export function artifactPath(relativePath: string): string {
  return segmentsOf(relativePath, 'artifact path')
    .map(encodeURIComponent)
    .join('/');
}

/** The folder and the last segment of a full name; the folder of a top-level job is undefined. */
export function splitFullName(fullName: string): {
  folder?: string;
  name: string;
} {
  const segments = segmentsOf(fullName, 'job name');
  const name = segments[segments.length - 1];
  const folder = segments.slice(0, -1).join('/');
  return folder ? { folder, name } : { name };
}

function segmentsOf(text: string, what: string): string[] {
  const segments = text.split('/');
  for (const segment of segments) {
    if (!segment.trim() || segment === '.' || segment === '..') {
      throw new InputError(
        `'${text}' is not a usable ${what}: it has an empty, '.' or '..' part`,
      );
    }
    if (/\p{Cc}/u.test(segment)) {
      throw new InputError(
        `A ${what} must not hold control characters or line breaks`,
      );
    }
  }
  return segments;
}
