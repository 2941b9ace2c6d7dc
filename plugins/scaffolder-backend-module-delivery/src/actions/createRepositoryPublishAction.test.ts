// SPDX-License-Identifier: Apache-2.0
import { registerMswTestHooks } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { runAction } from '../__testUtils__/runAction';
import { createRepositoryPublishAction } from './createRepositoryPublishAction';

const API = 'http://git.test/api/v3';
const REPOSITORY = {
  name: 'orders',
  clone_url: 'http://git.test/northwind/orders.git',
  html_url: 'http://git.test/northwind/orders',
};
const INPUT = {
  sourceHost: 'git.test',
  organisation: 'northwind',
  repository: 'orders',
  sourcePath: 'artifact',
  commitMessage: 'Start the service',
};

describe('delivery:repository:publish', () => {
  const server = setupServer();
  registerMswTestHooks(server);
  const action = createRepositoryPublishAction({
    config: new ConfigReader({
      integrations: {
        github: [{ host: 'git.test', apiBaseUrl: API, token: 'secret' }],
      },
    }),
  });
  let state: 'absent' | 'empty' | 'filled';

  beforeEach(() => {
    server.use(
      http.get(`${API}/repos/northwind/orders`, () =>
        state === 'absent'
          ? HttpResponse.json({ message: 'Not Found' }, { status: 404 })
          : HttpResponse.json(REPOSITORY),
      ),
      http.get(`${API}/repos/northwind/orders/contents/catalog-info.yaml`, () =>
        state === 'filled'
          ? HttpResponse.json({ type: 'file' })
          : HttpResponse.json({ message: 'Not Found' }, { status: 404 }),
      ),
    );
  });

  it('leaves a filled one as it is', async () => {
    state = 'filled';
    const { output, said } = await runAction(action, INPUT);
    expect(output).toEqual({
      remoteUrl: REPOSITORY.clone_url,
      repoContentsUrl: `${REPOSITORY.html_url}/blob/main`,
      webUrl: REPOSITORY.html_url,
    });
    expect(said).toEqual(['northwind/orders on git.test is there already']);
  });

  it.each([
    ['absent', 'Would create northwind/orders on git.test'],
    ['empty', 'Would fill northwind/orders on git.test'],
  ] as const)('says in a dry run what it would do: %s', async (now, line) => {
    state = now;
    const { said } = await runAction(action, INPUT, { dryRun: true });
    expect(said).toEqual([line]);
  });
});
