// SPDX-License-Identifier: Apache-2.0
import { SECRET } from '../sourceHostSettings';

/** Makes what calls a REST API below an address; an answer that there is no such thing is one, too. */
export function callerOf(base: string) {
  return async (
    path: string,
    method = 'GET',
    body?: object,
  ): Promise<unknown> => {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${SECRET}`,
        'content-type': 'application/json',
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    const answer: unknown = text && JSON.parse(text);
    if (!response.ok && response.status !== 404) {
      throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    }
    return answer;
  };
}
