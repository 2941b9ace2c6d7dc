// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import catalogModuleScaffolder from '@backstage/plugin-catalog-backend-module-scaffolder-entity-model';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import githubModule from '@backstage/plugin-scaffolder-backend-module-github';
import deliveryModule from 'backstage-plugin-scaffolder-backend-module-delivery';
import request from 'supertest';
import { AdjustableClock } from './clock';
import { readSimulatorConfig } from './config';
import { RunningSimulator, startSimulator } from './startSimulator';
import { until } from './testing/until';

const TEMPLATE = resolve(__dirname, '../../../templates/adopt/template.yaml');
const SECRET = 'secret-of-this-test';

const HAND_WRITTEN = `# Kept by the billing people
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: billing
  annotations:
    example.com/pager: billing # who is called
spec:
  type: service
  lifecycle: production
  owner: group:default/finance
  dependsOn:
    - resource:default/ledger
`;

jest.setTimeout(180_000);

/** The real template, scaffolder and catalog against the simulated vendors. */
describe('adopting a service', () => {
  let stop: AbortController;
  let directory: string;
  let simulator: RunningSimulator;
  let backend: Awaited<ReturnType<typeof startTestBackend>>;

  beforeAll(async () => {
    stop = new AbortController();
    directory = await mkdtemp(join(tmpdir(), 'simulator-adopt-'));
    simulator = await startSimulator({
      config: readSimulatorConfig({
        dataDir: join(directory, 'data'),
        vendors: ['github', 'jenkins', 'spinnaker', 'kubernetes', 'charts'],
        github: {
          port: 0,
          accounts: [{ login: 'portal', token: SECRET }],
          organisations: ['northwind'],
        },
        jenkins: { port: 0, users: [{ name: 'portal', apiToken: SECRET }] },
        spinnaker: {
          port: 0,
          token: SECRET,
          accounts: [{ name: 'local-dev' }],
          claim: { url: 'http://localhost:1/claims', token: SECRET },
        },
        kubernetes: { port: 0 },
        charts: {
          port: 0,
          credentials: { username: 'portal', password: SECRET },
        },
      }),
      clock: new AdjustableClock(),
      signal: stop.signal,
      log: () => {},
    });
    const { urls } = simulator;
    backend = await startTestBackend({
      features: [
        catalogPlugin,
        catalogModuleScaffolder,
        scaffolderPlugin,
        githubModule,
        deliveryModule,
        mockServices.rootConfig.factory({
          data: {
            backend: {
              baseUrl: 'http://localhost:0',
              database: { client: 'better-sqlite3', connection: ':memory:' },
            },
            catalog: {
              processingInterval: { seconds: 1 },
              rules: [{ allow: ['Component', 'Resource'] }],
              locations: [
                {
                  type: 'file',
                  target: TEMPLATE,
                  rules: [{ allow: ['Template'] }],
                },
              ],
            },
            integrations: {
              github: [
                {
                  host: new URL(urls.github ?? '').host,
                  apiBaseUrl: `${urls.github}/api/v3`,
                  token: SECRET,
                },
              ],
            },
            delivery: {
              environments: [
                {
                  name: 'dev',
                  tier: 'development',
                  namespace: '{service}-dev',
                  account: 'local-dev',
                  entry: 'automatic',
                },
              ],
              jenkins: {
                instances: [
                  {
                    name: 'default',
                    baseUrl: urls.jenkins,
                    username: 'portal',
                    apiToken: SECRET,
                  },
                ],
              },
              spinnaker: { baseUrl: urls.spinnaker, token: SECRET },
            },
          },
        }),
      ],
    });
    await makeRepository('billing', {
      'catalog-info.yaml': HAND_WRITTEN,
      Dockerfile: 'FROM scratch\n',
    });
    await makeRepository('billing-helm', { 'Chart.yaml': 'name: billing\n' });
  });

  afterAll(async () => {
    await backend?.stop();
    stop.abort();
    await simulator?.stopped;
    await rm(directory, { recursive: true, force: true });
  });

  async function github(path: string, method = 'GET', body?: object) {
    const response = await fetch(`${simulator.urls.github}/api/v3${path}`, {
      method,
      headers: {
        authorization: `token ${SECRET}`,
        'content-type': 'application/json',
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: response.status, body: await response.json() };
  }

  async function makeRepository(name: string, files: Record<string, string>) {
    await github('/orgs/northwind/repos', 'POST', { name, private: true });
    for (const [path, content] of Object.entries(files)) {
      await github(`/repos/northwind/${name}/contents/${path}`, 'PUT', {
        message: `Add ${path}`,
        content: Buffer.from(content).toString('base64'),
      });
    }
  }

  async function read(repository: string, path: string, ref: string) {
    const { body } = await github(
      `/repos/northwind/${repository}/contents/${path}?ref=${ref}`,
    );
    return Buffer.from(body.content, 'base64').toString('utf8');
  }

  const pullsOf = async (repository: string) =>
    (await github(`/repos/northwind/${repository}/pulls?state=all`)).body;

  const entity = (path: string) =>
    request(backend.server).get(`/api/catalog/entities/by-name/${path}`);

  async function adopt(values: object) {
    await until(
      async () =>
        (await entity('template/default/adopt-service')).status === 200,
    );
    const created = await request(backend.server)
      .post('/api/scaffolder/v2/tasks')
      .send({ templateRef: 'template:default/adopt-service', values });
    const task = `/api/scaffolder/v2/tasks/${created.body.id}`;
    const { status } = await until(async () => {
      const { body } = await request(backend.server).get(task);
      return body.status !== 'open' && body.status !== 'processing' && body;
    });
    const { body } = await request(backend.server).get(`${task}/events`);
    const last = body.at(-1).body;
    return { status, output: last.output, log: JSON.stringify(body) };
  }

  const BILLING = {
    service: 'billing',
    owner: 'group:default/team-orders',
    organisation: 'northwind',
    chartRepository: 'billing-helm',
  };

  it('binds what is there by pull request, and says what is missing', async () => {
    const { status, output, log } = await adopt(BILLING);
    expect(`${status} ${log}`).toMatch(/^completed /);
    expect(log).not.toContain(SECRET);

    const [missing] = output.text;
    for (const sentence of [
      'Jenkinsfile in billing: is not there',
      'values-dev.yaml in billing-helm: is not there',
      "The Jenkins job 'billing/image': does not exist",
      "The Spinnaker application 'billing': does not exist",
    ]) {
      expect(missing.content).toContain(sentence);
    }
    expect(missing.content).not.toContain('Dockerfile');

    const [pull] = await pullsOf('billing');
    expect(pull).toMatchObject({
      state: 'open',
      head: { ref: 'delivery/adopt-billing' },
      base: { ref: 'main' },
    });
    expect(pull.body).toContain("The Jenkins job 'billing/image'");
    expect(output.links[0].url).toBe(pull.html_url);
    expect(await read('billing', 'catalog-info.yaml', 'delivery/adopt-billing'))
      .toBe(`# Kept by the billing people
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: billing
  annotations:
    example.com/pager: billing # who is called
    jenkins.io/job-full-name: billing
    spinnaker.io/application-name: billing
    backstage.io/kubernetes-id: billing
spec:
  type: service
  lifecycle: production
  owner: group:default/finance
  dependsOn:
    - resource:default/ledger
    - resource:default/billing-chart
`);
    expect(await read('billing', 'catalog-info.yaml', 'main')).toBe(
      HAND_WRITTEN,
    );
  });

  it('opens no second pull request when it is run again', async () => {
    const again = await adopt(BILLING);
    expect(`${again.status} ${again.log}`).toMatch(/^completed /);
    for (const repository of ['billing', 'billing-helm']) {
      expect(await pullsOf(repository)).toHaveLength(1);
    }
  });

  it('is in the catalog once its pull requests are merged, and changes nothing then', async () => {
    for (const repository of ['billing', 'billing-helm']) {
      const merged = await github(
        `/repos/northwind/${repository}/pulls/1/merge`,
        'PUT',
      );
      expect(merged.status).toBe(200);
    }
    const { body } = await until(async () => {
      const found = await entity('component/default/billing');
      return (
        found.body.relations?.some(
          ({ targetRef }: { targetRef: string }) =>
            targetRef === 'resource:default/billing-chart',
        ) && found
      );
    });
    expect(body.metadata.annotations).toMatchObject({
      'jenkins.io/job-full-name': 'billing',
      'example.com/pager': 'billing',
    });
    await until(
      async () =>
        (await entity('resource/default/billing-chart')).status === 200,
    );

    expect(await adopt(BILLING)).toMatchObject({ status: 'completed' });
    for (const repository of ['billing', 'billing-helm']) {
      expect(await pullsOf(repository)).toHaveLength(1);
    }
  });

  it('refuses to say something else than the catalog file says', async () => {
    const { status, log } = await adopt({
      ...BILLING,
      jenkinsFolder: 'finance/billing',
    });
    expect(status).toBe('failed');
    expect(log).toContain(
      "The Component 'billing' has the annotation jenkins.io/job-full-name: billing already",
    );
  });

  it('says that there is no such organisation', async () => {
    const { status, log } = await adopt({ ...BILLING, organisation: 'nobody' });
    expect(status).toBe('failed');
    expect(log).toContain("There is no organisation or user 'nobody' on ");
  });

  it('has nothing to adopt where no repository is', async () => {
    const { status, log } = await adopt({ ...BILLING, service: 'nothing' });
    expect(status).toBe('completed');
    expect(log).toContain('northwind/nothing: is not there');
    const none = await adopt({
      service: 'nothing',
      owner: 'group:default/team-orders',
      organisation: 'northwind',
    });
    expect(none.status).toBe('failed');
    expect(none.log).toContain('there is nothing to adopt');
  });
});
