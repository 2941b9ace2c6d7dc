// SPDX-License-Identifier: Apache-2.0
import { mockServices } from '@backstage/backend-test-utils';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { findSourceHost } from './findSourceHost';

const ORGANISATION = 'https://dev.azure.com/northwind';
const REPOSITORY = `${ORGANISATION}/payments/_apis/git/repositories/orders`;
const ORDERS = { organisation: 'northwind/payments', repository: 'orders' };

/** What the contract of all hosts does not ask; that one runs against the simulated one. */
describe('Azure DevOps', () => {
  const server = setupServer();
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());

  const host = () =>
    findSourceHost(
      mockServices.rootConfig({
        data: {
          integrations: {
            azure: [
              {
                credentials: [
                  { personalAccessToken: 'of-others' },
                  {
                    organizations: ['northwind'],
                    personalAccessToken: 'of-northwind',
                  },
                ],
              },
            ],
          },
        },
      }),
      'dev.azure.com',
    );

  it('asks with the credentials of the organisation', async () => {
    const asked: (string | null)[] = [];
    server.use(
      http.get(`${ORGANISATION}/_apis/projects/payments`, ({ request }) => {
        asked.push(request.headers.get('authorization'));
        return HttpResponse.json({ name: 'payments' });
      }),
    );
    await host().checkOrganisation('northwind/payments');
    expect(asked).toEqual([`Basic ${btoa(':of-northwind')}`]);
  });

  it('wants a project, too', async () => {
    await expect(host().checkOrganisation('northwind')).rejects.toThrow(
      "organisation must name a project of an organisation on dev.azure.com, written organisation/project, not 'northwind'",
    );
  });

  it('knows a branch from those whose names only begin like it', async () => {
    server.use(
      http.get(`${REPOSITORY}/refs`, ({ request }) => {
        const filter = new URL(request.url).searchParams.get('filter');
        const value = [{ name: 'refs/heads/delivery/adopt-orders' }];
        return HttpResponse.json(
          filter?.startsWith('heads/delivery/adopt') ? { value } : {},
        );
      }),
    );
    const pulls = host().pullRequests(ORDERS);
    expect(await pulls.hasBranch('delivery/adopt-orders')).toBe(true);
    expect(await pulls.hasBranch('delivery/adopt')).toBe(false);
  });

  it('shortens a description that it would refuse', async () => {
    const told: unknown[] = [];
    server.use(
      http.patch(`${REPOSITORY}/pullrequests/7`, async ({ request }) => {
        told.push(await request.json());
        return HttpResponse.json({ pullRequestId: 7 });
      }),
    );
    const url = await host()
      .pullRequests(ORDERS)
      .change(7, { title: 'Take these', description: 'x'.repeat(4_001) });
    expect(url).toBe(`${ORGANISATION}/payments/_git/orders/pullrequest/7`);
    expect(told).toEqual([
      { title: 'Take these', description: `${'x'.repeat(3_999)}…` },
    ]);
  });
});
