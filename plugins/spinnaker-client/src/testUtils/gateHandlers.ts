// SPDX-License-Identifier: Apache-2.0
import { http, HttpResponse } from 'msw';
import { FakeGate } from './FakeGate';

/**
 * Handlers for msw that let a fake answer under an address.
 *
 * @remarks
 * The path of the address is taken off before the fake sees a request, as a proxy in front
 * of Gate would.
 *
 * @public
 */
export function gateHandlers(gate: FakeGate, baseUrl: string) {
  const base = baseUrl.replace(/\/+$/, '');
  const prefix = new URL(`${base}/`).pathname.replace(/\/$/, '');
  return [
    http.all(`${base}/*`, async ({ request }) => {
      const url = new URL(request.url);
      url.pathname = url.pathname.slice(prefix.length);
      try {
        return await gate.handle(
          prefix === '' ? request : new Request(url, request),
        );
      } catch (error) {
        if (error instanceof Error && error.name === 'ConnectionLostError') {
          return HttpResponse.error();
        }
        throw error;
      }
    }),
  ];
}
