// SPDX-License-Identifier: Apache-2.0
import {
  http,
  HttpResponse,
  type DefaultBodyType,
  type StrictRequest,
} from 'msw';
import { setupServer } from 'msw/node';
import type { RunningSimulator } from '../startSimulator';

/**
 * Leads what this process asks Bitbucket Cloud, which Backstage knows by its public addresses
 * only, to the simulated one.
 */
export function useBitbucketCloud(simulator: () => RunningSimulator): void {
  const lead = async ({
    request,
  }: {
    request: StrictRequest<DefaultBodyType>;
  }) => {
    const { pathname, search } = new URL(request.url);
    const { method, headers } = request;
    try {
      const answer = await fetch(
        `${simulator().urls.bitbucketCloud}${pathname}${search}`,
        {
          method,
          headers,
          ...(method === 'GET' ? {} : { body: await request.arrayBuffer() }),
        },
      );
      return new Response(await answer.arrayBuffer(), answer);
    } catch {
      // The catalog goes on asking while the simulated one ends.
      return HttpResponse.error();
    }
  };
  const server = setupServer(
    http.all('https://api.bitbucket.org/2.0/*', lead),
    http.all('https://bitbucket.org/*', lead),
  );
  beforeAll(() => server.listen({ onUnhandledRequest: 'bypass' }));
  afterAll(() => server.close());
}
