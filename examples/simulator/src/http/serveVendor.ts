// SPDX-License-Identifier: Apache-2.0
import { FaultyHandler } from './FaultyHandler';
import {
  serveFetch,
  type ServedAddress,
  type ServeFetchOptions,
} from './serveFetch';

/** What answers the requests to a vendor. */
export interface VendorHandler {
  handle(request: Request): Promise<Response>;
}

/** A vendor that is served, and can be told to misbehave. */
export interface ServedVendor<V extends VendorHandler> extends ServedAddress {
  vendor: V;
  /** Makes it misbehave. */
  handler: FaultyHandler;
}

/** Options of {@link serveVendor}. */
export interface ServeVendorOptions extends Omit<ServeFetchOptions, 'handle'> {
  /** Answers some requests in the vendor's place, even while it misbehaves. */
  before?(request: Request): Promise<Response> | undefined;
}

/**
 * Serves a vendor that is made once its own address is known, because its answers name it.
 */
export async function serveVendor<V extends VendorHandler>(
  options: ServeVendorOptions,
  create: (url: string) => V,
): Promise<ServedVendor<V>> {
  const { before, ...listening } = options;
  let answer = async (_: Request): Promise<Response> =>
    new Response('Starting\n', { status: 503 });
  const handler = new FaultyHandler(request => answer(request));
  const served = await serveFetch({
    ...listening,
    handle: request => before?.(request) ?? handler.handle(request),
  });
  const vendor = create(served.url);
  answer = request => vendor.handle(request);
  return { ...served, vendor, handler };
}
