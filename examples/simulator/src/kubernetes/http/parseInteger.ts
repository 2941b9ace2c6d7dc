// SPDX-License-Identifier: Apache-2.0
import { ApiError } from '../model/ApiError';

/**
 * A whole number of the query; undefined when absent or empty.
 *
 * @throws ApiError 400 when it is something else.
 */
export function parseInteger(
  query: URLSearchParams,
  name: string,
): number | undefined {
  const text = query.get(name);
  if (!text) {
    return undefined;
  }
  if (!/^\d{1,15}$/.test(text)) {
    throw ApiError.badRequest(
      `invalid ${name}: strconv.ParseUint: parsing "${text}": invalid syntax`,
    );
  }
  return Number(text);
}
