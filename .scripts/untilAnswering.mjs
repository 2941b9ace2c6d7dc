// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits until the portal is ready, serves its page and lets a demo user in.
 *
 * Answers false when `signal` aborts first.
 */
export async function untilAnswering(address, { signal }) {
  while (!signal.aborted) {
    if (
      (await isOk(`${address}/.backstage/health/v1/readiness`)) &&
      (await isOk(address)) &&
      (await isOk(`${address}/api/auth/demo/refresh`, { 'x-demo-user': 'ben' }))
    ) {
      return true;
    }
    await delay(200, undefined, { signal }).catch(() => undefined);
  }
  return false;
}

async function isOk(url, headers = {}) {
  try {
    const response = await fetch(url, {
      headers,
      signal: AbortSignal.timeout(5_000),
    });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
