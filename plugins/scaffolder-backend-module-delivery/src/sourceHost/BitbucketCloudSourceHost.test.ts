// SPDX-License-Identifier: Apache-2.0
import { mockServices } from '@backstage/backend-test-utils';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { findSourceHost } from './findSourceHost';

const API = 'https://api.bitbucket.org/2.0';

/** What the contract of all hosts does not ask; that one runs against the simulated one. */
describe('Bitbucket Cloud', () => {
  const server = setupServer();
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());

  const hostWith = (bitbucketCloud: object) =>
    findSourceHost(
      mockServices.rootConfig({
        data: { integrations: { bitbucketCloud: [bitbucketCloud] } },
      }),
      'bitbucket.org',
    );

  it.each([
    [
      { username: 'portal@example.com', token: 'api-token' },
      `Basic ${btoa('portal@example.com:api-token')}`,
    ],
    [{ clientId: 'consumer', clientSecret: 'secret' }, 'Bearer of-consumer'],
  ])('asks with the credentials of %j', async (credentials, sent) => {
    const asked: (string | null)[] = [];
    server.use(
      http.post('https://bitbucket.org/site/oauth2/access_token', () =>
        HttpResponse.json({ access_token: 'of-consumer', expires_in: 7200 }),
      ),
      http.get(`${API}/repositories/northwind`, ({ request }) => {
        asked.push(request.headers.get('authorization'));
        return HttpResponse.json({ values: [] });
      }),
    );
    await hostWith(credentials).checkOrganisation('northwind');
    expect(asked).toEqual([sent]);
  });

  it('knows the projects of a workspace, and says which there is not', async () => {
    server.use(
      http.get(`${API}/repositories/northwind`, () =>
        HttpResponse.json({ values: [] }),
      ),
      http.get(`${API}/workspaces/northwind/projects/:key`, ({ params }) =>
        params.key === 'PAY'
          ? HttpResponse.json({ key: 'PAY' })
          : HttpResponse.json({}, { status: 404 }),
      ),
    );
    const host = hostWith({ username: 'portal', appPassword: 'old' });
    await expect(
      host.checkOrganisation('northwind/PAY'),
    ).resolves.toBeUndefined();
    await expect(host.checkOrganisation('northwind/SHOP')).rejects.toThrow(
      "There is no project 'SHOP' in the workspace 'northwind' on bitbucket.org",
    );
    await expect(host.checkOrganisation('north/wind/x')).rejects.toThrow(
      "organisation must be a workspace on bitbucket.org, or workspace/PROJECT, not 'north/wind/x'",
    );
  });

  it('names the reviewers of a pull request again, who would be removed otherwise', async () => {
    const path = `${API}/repositories/northwind/orders/pullrequests/1`;
    const pull = {
      id: 1,
      reviewers: [{ uuid: '{anna}', display_name: 'Anna' }],
      links: { html: { href: 'https://bitbucket.org/pull-requests/1' } },
    };
    const told: unknown[] = [];
    server.use(
      http.get(path, () => HttpResponse.json(pull)),
      http.put(path, async ({ request }) => {
        told.push(await request.json());
        return HttpResponse.json(pull);
      }),
    );
    await hostWith({ username: 'portal', token: 'of-portal' })
      .pullRequests({ organisation: 'northwind/PAY', repository: 'orders' })
      .change(1, { title: 'Better', description: 'Why' });
    expect(told).toEqual([
      {
        title: 'Better',
        description: 'Why',
        reviewers: [{ uuid: '{anna}' }],
      },
    ]);
  });

  it('is not used without credentials, which Backstage adds none of by itself', () => {
    expect(() =>
      findSourceHost(mockServices.rootConfig({ data: {} }), 'bitbucket.org'),
    ).toThrow('has no credentials in integrations.bitbucketCloud');
  });
});
