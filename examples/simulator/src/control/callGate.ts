// SPDX-License-Identifier: Apache-2.0
import { ConflictError } from '@backstage/errors';
import type { SpinnakerVendor } from '../vendors/spinnakerVendor';

/** One request that a person sends to Gate. */
export interface GateCall {
  method: 'POST' | 'PUT' | 'PATCH';
  path: string[];
  body?: object;
}

/**
 * Sends a request to Gate over HTTP as a person without a token would.
 *
 * @throws ConflictError with Gate's own words when it refuses.
 */
export async function callGate(
  spinnaker: SpinnakerVendor,
  call: GateCall,
): Promise<string> {
  const { method, path, body } = call;
  const address = `${spinnaker.url}/${path.map(encodeURIComponent).join('/')}`;
  const response = await fetch(address, {
    method,
    headers: { 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new ConflictError(
      `Spinnaker answered ${response.status}: ${text.slice(0, 300)}`,
    );
  }
  return text;
}
