// SPDX-License-Identifier: Apache-2.0
import { mockServices } from '@backstage/backend-test-utils';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { findSourceHost } from './findSourceHost';

const API = 'https://bitbucket.test/rest/api/1.0/projects/NORTH';
const PULL = `${API}/repos/orders/pull-requests/1`;

/** What the contract of all hosts does not ask; that one runs against the simulated one. */
describe('a Bitbucket Data Center', () => {
  const server = setupServer();
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());

  const hostWith = (credentials: object) =>
    findSourceHost(
      mockServices.rootConfig({
        data: {
          integrations: {
            bitbucketServer: [{ host: 'bitbucket.test', ...credentials }],
          },
        },
      }),
      'bitbucket.test',
    );

  it.each([
    [{ token: 'of-portal' }, 'Bearer of-portal'],
    [
      { username: 'portal', password: 'of-portal' },
      `Basic ${btoa('portal:of-portal')}`,
    ],
  ])('asks with the credentials of %j', async (credentials, sent) => {
    const asked: (string | null)[] = [];
    server.use(
      http.get(API, ({ request }) => {
        asked.push(request.headers.get('authorization'));
        return HttpResponse.json({ key: 'NORTH' });
      }),
    );
    await hostWith(credentials).checkOrganisation('NORTH');
    expect(asked).toEqual([sent]);
  });

  it('names the version that it changes, and the reviewers again', async () => {
    const pull = {
      id: 1,
      version: 3,
      reviewers: [{ user: { name: 'anna', active: true }, approved: false }],
      links: { self: [{ href: 'https://bitbucket.test/pull-requests/1' }] },
    };
    const told: unknown[] = [];
    server.use(
      http.get(PULL, () => HttpResponse.json(pull)),
      http.put(PULL, async ({ request }) => {
        told.push(await request.json());
        return HttpResponse.json(pull);
      }),
    );
    await hostWith({ token: 'of-portal' })
      .pullRequests({ organisation: 'NORTH', repository: 'orders' })
      .change(1, { title: 'Better', description: 'Why' });
    expect(told).toEqual([
      {
        title: 'Better',
        description: 'Why',
        version: 3,
        reviewers: [{ user: { name: 'anna' } }],
      },
    ]);
  });

  it('says in its words what it does not take', async () => {
    server.use(
      http.get(PULL, () =>
        HttpResponse.json({
          id: 1,
          version: 3,
          links: { self: [{ href: 'https://bitbucket.test/pull-requests/1' }] },
        }),
      ),
      http.put(PULL, () =>
        HttpResponse.json(
          { errors: [{ context: null, message: 'Out-of-date information.' }] },
          { status: 409 },
        ),
      ),
    );
    await expect(
      hostWith({ token: 'of-portal' })
        .pullRequests({ organisation: 'NORTH', repository: 'orders' })
        .change(1, { title: 'Better', description: 'Why' }),
    ).rejects.toThrow(
      'bitbucket.test answered 409 when telling bitbucket.test about /projects/NORTH/repos/orders/pull-requests/1: "Out-of-date information."',
    );
  });
});
