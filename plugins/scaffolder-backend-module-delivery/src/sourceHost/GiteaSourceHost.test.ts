// SPDX-License-Identifier: Apache-2.0
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { findSourceHost } from './findSourceHost';

const API = 'https://gitea.test/git/api/v1';
const ORDERS = { organisation: 'anna', repository: 'orders', branch: 'main' };

/** What the contract of all hosts does not ask; that one runs against the simulated one. */
describe('a Gitea', () => {
  const workspace = createMockDirectory();
  const server = setupServer();
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());

  const hostWith = (credentials: object) =>
    findSourceHost(
      mockServices.rootConfig({
        data: {
          integrations: {
            gitea: [
              {
                host: 'gitea.test',
                baseUrl: 'https://gitea.test/git',
                ...credentials,
              },
            ],
          },
        },
      }),
      'gitea.test',
    );
  const host = () => hostWith({ password: 'of-portal' });

  it.each([
    [{ password: 'of-portal' }, 'token of-portal'],
    [
      { username: 'portal', password: 'of-portal' },
      `basic ${btoa('portal:of-portal')}`,
    ],
  ])('asks with the credentials of %j', async (credentials, sent) => {
    const asked: (string | null)[] = [];
    server.use(
      http.get(`${API}/orgs/northwind`, ({ request }) => {
        asked.push(request.headers.get('authorization'));
        return HttpResponse.json({ name: 'northwind' });
      }),
    );
    await hostWith(credentials).checkOrganisation('northwind');
    expect(asked).toEqual([sent]);
  });

  it.each([
    [
      'anna',
      /anna\/orders is on gitea\.test, and nothing could be pushed to it/,
    ],
    [
      'portal',
      /can make repositories of 'portal' only, as whom it is signed in/,
    ],
  ])('makes repositories of a user for itself only: %s', async (me, says) => {
    const made: unknown[] = [];
    server.use(
      http.get(`${API}/orgs/anna`, () =>
        HttpResponse.json({ message: 'Not Found' }, { status: 404 }),
      ),
      http.get(`${API}/user`, () => HttpResponse.json({ login: me })),
      http.post(`${API}/user/repos`, async ({ request }) => {
        made.push(await request.json());
        return HttpResponse.json(
          {
            clone_url: 'http://127.0.0.1:1/anna/orders.git',
            html_url: 'https://gitea.test/git/anna/orders',
            default_branch: 'main',
            empty: true,
          },
          { status: 201 },
        );
      }),
      http.all('http://127.0.0.1:1/*', () =>
        HttpResponse.text('401', { status: 401 }),
      ),
    );
    workspace.setContent({ source: { 'README.md': 'Orders\n' } });
    await expect(
      host().publish({
        ...ORDERS,
        sourcePath: 'source',
        commitMessage: 'Start',
        surroundings: createMockActionContext({
          workspacePath: workspace.path,
        }),
      }),
    ).rejects.toThrow(says);
    expect(made).toEqual(
      me === 'anna'
        ? [{ name: 'orders', private: true, default_branch: 'main' }]
        : [],
    );
  });

  it('finds the open pull request among many, and none of a fork', async () => {
    const pull = (number: number, fork: boolean, ref: string) => ({
      number,
      html_url: `https://gitea.test/git/anna/orders/pulls/${number}`,
      head: { ref, repo_id: fork ? 2 : 1 },
      base: { ref: 'main', repo_id: 1 },
    });
    const pages = [
      [pull(9, true, 'delivery/adopt'), pull(8, false, 'delivery/adopt-2')],
      [pull(7, false, 'delivery/adopt')],
    ];
    server.use(
      http.get(`${API}/repos/anna/orders/pulls`, ({ request }) => {
        const page = Number(new URL(request.url).searchParams.get('page'));
        return HttpResponse.json(pages[page - 1] ?? []);
      }),
    );
    const pulls = host().pullRequests(ORDERS);
    expect(await pulls.findOpen('delivery/adopt')).toBe(7);
    expect(await pulls.findOpen('delivery/adopt-3')).toBeUndefined();
  });
});
