// SPDX-License-Identifier: Apache-2.0
import { http, HttpHandler, HttpResponse } from 'msw';
import { FakeJenkins } from './FakeJenkins';

/**
 * Handlers that put a fake controller behind an address, for `setupServer` of msw.
 *
 * @public
 */
export function jenkinsHandlers(
  fake: FakeJenkins,
  baseUrl: string = fake.url,
): HttpHandler[] {
  const address = baseUrl.replace(/\/+$/, '');
  return [
    http.all(`${address}/*`, async ({ request }) => {
      try {
        const response = await fake.handle(request);
        return new HttpResponse(await response.arrayBuffer(), {
          status: response.status,
          headers: response.headers,
        });
      } catch (error) {
        if (error instanceof Error && error.name === 'ConnectionLostError') {
          return HttpResponse.error();
        }
        throw error;
      }
    }),
  ];
}
