// SPDX-License-Identifier: Apache-2.0
import { mockServices } from '@backstage/backend-test-utils';
import { UrlReaders } from '@backstage/backend-defaults/urlReader';
import type { Entity } from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { UrlChartRepositoryReader } from './UrlChartRepositoryReader';

const COMMIT = 'c'.repeat(40);
const SERVICE = { entityRef: 'component:default/orders' };

const component = (name: string, chart: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, namespace: 'default' },
  relations: [
    { type: 'dependsOn', targetRef: `resource:default/${chart}` },
    { type: 'dependsOn', targetRef: 'resource:default/database' },
  ],
});

const chart = (options: {
  dependents: string[];
  location?: string;
  dependencyOf?: string[];
}): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: {
    name: 'orders-chart',
    namespace: 'default',
    annotations: {
      'backstage.io/managed-by-location':
        options.location ??
        'url:http://localhost:7081/northwind/orders-chart/blob/main/catalog-info.yaml',
    },
  },
  spec: { type: 'helm-chart', dependencyOf: options.dependencyOf },
  relations: options.dependents.map(name => ({
    type: 'dependencyOf',
    targetRef: `component:default/${name}`,
  })),
});

const database: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: { name: 'database', namespace: 'default' },
  spec: { type: 'database' },
};

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

function start(entities: Entity[]) {
  const config = mockServices.rootConfig({
    data: {
      integrations: {
        github: [
          {
            host: 'localhost:7081',
            apiBaseUrl: 'http://localhost:7081/api/v3',
            token: 'secret',
          },
        ],
        gitlab: [
          {
            host: 'gitlab.test',
            baseUrl: 'http://gitlab.test',
            apiBaseUrl: 'http://gitlab.test/api/v4',
            token: 'gitlab-secret',
          },
        ],
        bitbucketCloud: [{ username: 'portal', token: 'cloud-secret' }],
        bitbucketServer: [
          {
            host: 'bitbucket.test',
            apiBaseUrl: 'http://bitbucket.test/rest/api/1.0',
            token: 'bitbucket-secret',
          },
        ],
        azure: [
          {
            host: 'azure.test',
            credentials: [{ personalAccessToken: 'azure-secret' }],
          },
        ],
        gitea: [
          {
            host: 'gitea.test',
            baseUrl: 'http://gitea.test',
            password: 'gitea-secret',
          },
        ],
      },
    },
  });
  return new UrlChartRepositoryReader({
    catalog: catalogServiceMock({ entities }),
    auth: mockServices.auth(),
    urlReader: UrlReaders.default({
      config,
      logger: mockServices.logger.mock(),
    }),
    integrations: ScmIntegrations.fromConfig(config),
  });
}

const bound = [
  component('orders', 'orders-chart'),
  chart({ dependents: ['orders'] }),
  database,
];

describe('UrlChartRepositoryReader', () => {
  it('reads a file of the chart repository at the commit', async () => {
    const asked: string[] = [];
    server.use(
      http.get(
        'http://localhost:7081/api/v3/repos/northwind/orders-chart/contents/values-prod.yaml',
        ({ request }) => {
          asked.push(new URL(request.url).searchParams.get('ref') ?? '');
          return HttpResponse.text('replicas: 3\n');
        },
      ),
    );
    const bytes = await start(bound).read({
      service: SERVICE,
      file: 'values-prod.yaml',
      commit: COMMIT,
    });
    expect(bytes.toString()).toBe('replicas: 3\n');
    expect(asked).toEqual([COMMIT]);
  });

  it('reads from a subgroup of a GitLab', async () => {
    const asked: (string | null)[] = [];
    server.use(
      http.get(
        'http://gitlab.test/api/v4/projects/northwind%2Fpayments%2Forders-chart/repository/files/values-prod.yaml/raw',
        ({ request }) => {
          asked.push(
            new URL(request.url).searchParams.get('ref'),
            request.headers.get('authorization'),
          );
          return HttpResponse.text('replicas: 3\n');
        },
      ),
    );
    const bytes = await start([
      component('orders', 'orders-chart'),
      chart({
        dependents: ['orders'],
        location:
          'url:http://gitlab.test/northwind/payments/orders-chart/-/blob/main/catalog-info.yaml',
      }),
    ]).read({ service: SERVICE, file: 'values-prod.yaml', commit: COMMIT });
    expect(bytes.toString()).toBe('replicas: 3\n');
    expect(asked).toEqual([COMMIT, 'Bearer gitlab-secret']);
  });

  it('reads from a Gitea', async () => {
    const asked: (string | null)[] = [];
    server.use(
      http.get(
        'http://gitea.test/api/v1/repos/northwind/orders-chart/contents/values-prod.yaml',
        ({ request }) => {
          asked.push(
            new URL(request.url).searchParams.get('ref'),
            request.headers.get('authorization'),
          );
          return HttpResponse.json({
            encoding: 'base64',
            content: btoa('replicas: 3\n'),
          });
        },
      ),
    );
    const bytes = await start([
      component('orders', 'orders-chart'),
      chart({
        dependents: ['orders'],
        location:
          'url:http://gitea.test/northwind/orders-chart/src/branch/main/catalog-info.yaml',
      }),
    ]).read({ service: SERVICE, file: 'values-prod.yaml', commit: COMMIT });
    expect(bytes.toString()).toBe('replicas: 3\n');
    expect(asked).toEqual([COMMIT, 'token gitea-secret']);
  });

  it('reads from a Bitbucket Data Center', async () => {
    const asked: (string | null)[] = [];
    server.use(
      http.get(
        'http://bitbucket.test/rest/api/1.0/projects/NORTH/repos/orders-chart/raw/values-prod.yaml',
        ({ request }) => {
          asked.push(
            new URL(request.url).searchParams.get('at'),
            request.headers.get('authorization'),
          );
          return HttpResponse.text('replicas: 3\n');
        },
      ),
    );
    const bytes = await start([
      component('orders', 'orders-chart'),
      chart({
        dependents: ['orders'],
        location:
          'url:http://bitbucket.test/projects/NORTH/repos/orders-chart/browse/catalog-info.yaml?at=main',
      }),
    ]).read({ service: SERVICE, file: 'values-prod.yaml', commit: COMMIT });
    expect(bytes.toString()).toBe('replicas: 3\n');
    expect(asked).toEqual([COMMIT, 'Bearer bitbucket-secret']);
  });

  it.each([200, 203, 404])(
    'reads from Azure DevOps at the commit, which answers %s',
    async status => {
      const asked: (string | null)[] = [];
      server.use(
        http.get(
          'http://azure.test/northwind/payments/_apis/git/repositories/orders-chart/items',
          ({ request }) => {
            const { searchParams } = new URL(request.url);
            asked.push(
              searchParams.get('path'),
              searchParams.get('versionDescriptor.versionType'),
              searchParams.get('versionDescriptor.version'),
              request.headers.get('authorization'),
            );
            return HttpResponse.text('replicas: 3\n', { status });
          },
        ),
      );
      const read = start([
        component('orders', 'orders-chart'),
        chart({
          dependents: ['orders'],
          location:
            'url:http://azure.test/northwind/payments/_git/orders-chart?path=/catalog-info.yaml&version=GBmain',
        }),
      ]).read({ service: SERVICE, file: 'values-prod.yaml', commit: COMMIT });
      const settled = await read.then(String, error => error.message);
      expect(settled).toMatch(
        {
          200: /^replicas: 3\n$/,
          203: /^Could not read values-prod\.yaml .*azure\.test answered 203/,
          404: /^There is no values-prod\.yaml of resource:default\/orders-chart at /,
        }[status] ?? /^$/,
      );
      expect(asked).toEqual([
        '/values-prod.yaml',
        'commit',
        COMMIT,
        `Basic ${btoa(':azure-secret')}`,
      ]);
    },
  );

  it('reads from Bitbucket Cloud', async () => {
    const asked: (string | null)[] = [];
    server.use(
      http.get(
        `https://api.bitbucket.org/2.0/repositories/northwind/orders-chart/src/${COMMIT}/values-prod.yaml`,
        ({ request }) => {
          asked.push(request.headers.get('authorization'));
          return HttpResponse.text('replicas: 3\n');
        },
      ),
    );
    const bytes = await start([
      component('orders', 'orders-chart'),
      chart({
        dependents: ['orders'],
        location:
          'url:https://bitbucket.org/northwind/orders-chart/src/main/catalog-info.yaml',
      }),
    ]).read({ service: SERVICE, file: 'values-prod.yaml', commit: COMMIT });
    expect(bytes.toString()).toBe('replicas: 3\n');
    expect(asked).toEqual([`Basic ${btoa('portal:cloud-secret')}`]);
  });

  it('says that there is no such file', async () => {
    server.use(
      http.get('http://localhost:7081/api/v3/*', () =>
        HttpResponse.text('Not Found', { status: 404 }),
      ),
    );
    await expect(
      start(bound).read({
        service: SERVICE,
        file: 'values-prod.yaml',
        commit: COMMIT,
      }),
    ).rejects.toThrow(
      'There is no values-prod.yaml of resource:default/orders-chart at ccccccc',
    );
  });

  it('gives up on a file that is too large', async () => {
    server.use(
      http.get('http://localhost:7081/api/v3/*', () =>
        HttpResponse.text('x'.repeat(600 * 1024)),
      ),
    );
    await expect(
      start(bound).read({
        service: SERVICE,
        file: 'values-prod.yaml',
        commit: COMMIT,
      }),
    ).rejects.toThrow('it is larger than 512 KiB');
  });

  it.each<[string, Entity[], string]>([
    [
      'a service without a chart repository',
      [component('orders', 'database'), database],
      'component:default/orders depends on no Resource of type helm-chart; name its chart repository in spec.dependsOn',
    ],
    [
      'a chart repository that names another service',
      [
        component('orders', 'orders-chart'),
        chart({
          dependents: ['orders', 'billing'],
          dependencyOf: ['component:billing'],
        }),
      ],
      'resource:default/orders-chart is the chart repository of component:default/billing, not of component:default/orders',
    ],
    [
      'a chart repository that two services claim',
      [
        component('orders', 'orders-chart'),
        chart({ dependents: ['orders', 'billing'] }),
      ],
      'resource:default/orders-chart is the chart repository of component:default/billing as well; name the one it belongs to in its spec.dependencyOf',
    ],
    [
      'a source location that is no repository',
      [
        component('orders', 'orders-chart'),
        chart({ dependents: ['orders'], location: 'file:/etc/passwd' }),
      ],
      'resource:default/orders-chart has no source location of type url that names a repository',
    ],
    [
      'a host that is none of the portal’s',
      [
        component('orders', 'orders-chart'),
        chart({
          dependents: ['orders'],
          location: 'url:http://169.254.169.254/latest/meta-data',
        }),
      ],
      'The chart repository resource:default/orders-chart is not at a source host of this portal',
    ],
  ])('refuses %s', async (_, entities, message) => {
    await expect(
      start(entities).read({
        service: SERVICE,
        file: 'values-prod.yaml',
        commit: COMMIT,
      }),
    ).rejects.toThrow(message);
  });

  it('keeps to the service that its chart repository names', async () => {
    server.use(
      http.get('http://localhost:7081/api/v3/*', () =>
        HttpResponse.text('a: 1\n'),
      ),
    );
    const reader = start([
      component('orders', 'orders-chart'),
      chart({
        dependents: ['orders', 'billing'],
        dependencyOf: ['component:default/orders'],
      }),
    ]);
    await expect(
      reader.read({ service: SERVICE, file: 'values.yaml', commit: COMMIT }),
    ).resolves.toEqual(Buffer.from('a: 1\n'));
  });

  it.each([
    ['../secrets.yaml', COMMIT],
    ['values.yaml', 'main'],
  ])('does not read %s at %s', async (file, commit) => {
    await expect(
      start(bound).read({ service: SERVICE, file, commit }),
    ).rejects.toThrow('Only a plain file at a full commit id can be read');
  });
});
