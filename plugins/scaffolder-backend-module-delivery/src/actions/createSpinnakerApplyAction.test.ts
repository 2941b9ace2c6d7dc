// SPDX-License-Identifier: Apache-2.0
import { registerMswTestHooks } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { SpinnakerClient } from 'backstage-plugin-spinnaker-client';
import {
  FakeGate,
  gateHandlers,
} from 'backstage-plugin-spinnaker-client/testUtils';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { parse } from 'yaml';
import { runAction } from '../__testUtils__/runAction';
import { DELIVERY_CONFIG } from '../__testUtils__/scaffoldService';
import { createSpinnakerApplyAction } from './createSpinnakerApplyAction';
import { spinnakerApplyExamples } from './createSpinnakerApplyAction.examples';

const INPUT = { application: 'orders' };

describe('delivery:spinnaker:apply', () => {
  const server = setupServer();
  registerMswTestHooks(server);
  const actionFor = (delivery: object) =>
    createSpinnakerApplyAction({
      config: new ConfigReader({ delivery: { ...delivery } }),
    });
  const action = actionFor(DELIVERY_CONFIG);
  const gate = SpinnakerClient.create({
    baseUrl: 'http://gate.test',
    token: 'gate-secret',
  });
  let fake: FakeGate;
  let stop: AbortController;

  beforeEach(() => {
    stop = new AbortController();
    fake = new FakeGate({
      access: { kind: 'token', tokens: { 'gate-secret': 'svc-portal' } },
    });
    fake.start({ signal: stop.signal, everyMs: 5 });
    server.use(...gateHandlers(fake, 'http://gate.test'));
  });
  afterEach(() => stop.abort());

  it('makes the application and one Spinnaker pipeline per environment', async () => {
    const { output } = await runAction(action, INPUT);

    expect(output).toEqual({
      applicationUrl: 'http://gate.test/applications/orders',
      application: 'created',
      pipelines: ['dev', 'staging', 'prod'].map(environment => ({
        name: `Deploy to ${environment}`,
        environment,
        outcome: 'created',
      })),
    });
    expect(await gate.getApplication('orders')).toMatchObject({
      name: 'orders',
      entityRef: 'component:default/orders',
      cloudProviders: 'kubernetes',
    });
  });

  it('claims first where somebody has to ask, and listens to CI where nobody has to', async () => {
    await runAction(action, INPUT);
    const pipelines = await gate.getPipelines('orders');
    const byName = new Map(pipelines.map(one => [one.name, one]));

    expect(byName.get('Deploy to dev')?.stages.map(({ type }) => type)).toEqual(
      ['bakeManifest', 'deployManifest'],
    );
    expect(byName.get('Deploy to dev')?.triggers).toEqual([
      expect.objectContaining({
        type: 'webhook',
        source: 'orders',
        payloadConstraints: { application: '^orders$', environment: '^dev$' },
      }),
    ]);
    for (const environment of ['staging', 'prod']) {
      const gated = byName.get(`Deploy to ${environment}`);
      expect(gated?.stages.map(({ type }) => type)).toEqual([
        'deliveryClaim',
        'bakeManifest',
        'deployManifest',
      ]);
      expect(gated?.triggers).toEqual([]);
      expect(gated?.stages[2]).toMatchObject({
        account: `local-${environment}`,
        namespaceOverride: `orders-${environment}`,
      });
    }
    expect(JSON.stringify(pipelines)).not.toContain('gate-secret');
  });

  it('changes nothing the second time', async () => {
    await runAction(action, INPUT);
    const before = fake.export();
    const { output } = await runAction(action, INPUT);

    expect(output.application).toBe('unchanged');
    expect(output.pipelines).toEqual(
      ['dev', 'staging', 'prod'].map(environment =>
        expect.objectContaining({ environment, outcome: 'unchanged' }),
      ),
    );
    expect(fake.export()).toEqual(before);
  });

  it('restores a changed Spinnaker pipeline in place and leaves others alone', async () => {
    await runAction(action, INPUT);
    const [dev] = await gate.getPipelines('orders');
    await gate.savePipeline({ ...dev, stages: [] });
    await gate.savePipeline({
      application: 'orders',
      name: 'Clean up',
      stages: [],
      triggers: [],
    });
    const { output } = await runAction(action, INPUT);

    expect(output.pipelines).toContainEqual({
      name: dev.name,
      environment: 'dev',
      outcome: 'updated',
    });
    const after = await gate.getPipelines('orders');
    expect(after.find(({ name }) => name === dev.name)).toMatchObject({
      id: dev.id,
      stages: dev.stages,
    });
    expect(after.map(({ name }) => name)).toContain('Clean up');
    expect(after).toHaveLength(4);
  });

  it('keeps whom people want to be told, whether or not something else is restored', async () => {
    await runAction(action, INPUT);
    const [dev, staging] = await gate.getPipelines('orders');
    const notifications = [
      { type: 'slack', address: '#orders', when: ['pipeline.failed'] },
    ];
    await gate.savePipeline({ ...dev, notifications });
    await gate.savePipeline({ ...staging, notifications, stages: [] });
    const { output } = await runAction(action, INPUT);

    expect(output.pipelines).toEqual([
      expect.objectContaining({ environment: 'dev', outcome: 'unchanged' }),
      expect.objectContaining({ environment: 'staging', outcome: 'updated' }),
      expect.objectContaining({ environment: 'prod', outcome: 'unchanged' }),
    ]);
    const after = await gate.getPipelines('orders');
    expect(after.slice(0, 2)).toEqual([
      expect.objectContaining({ notifications, stages: dev.stages }),
      expect.objectContaining({ notifications, stages: staging.stages }),
    ]);
    const before = fake.export();
    await runAction(action, INPUT);
    expect(fake.export()).toEqual(before);
  });

  it('does not do again what a checkpoint remembers', async () => {
    const remembered = new Map<string, string>();
    const again = () => runAction(action, INPUT, { remembered });
    const first = await again();
    expect([...remembered.keys()]).toEqual([
      'spinnaker.application.orders',
      'spinnaker.pipeline.orders.dev',
      'spinnaker.pipeline.orders.staging',
      'spinnaker.pipeline.orders.prod',
    ]);
    stop.abort();
    server.use(http.all('http://gate.test/*', () => HttpResponse.error()));
    expect((await again()).output).toEqual(first.output);
  });

  it('adds a new environment to an existing application', async () => {
    await runAction(action, INPUT);
    const { output } = await runAction(
      actionFor({
        ...DELIVERY_CONFIG,
        environments: [
          ...DELIVERY_CONFIG.environments,
          {
            name: 'qa',
            tier: 'staging',
            namespace: '{service}-qa',
            account: 'local-qa',
          },
        ],
      }),
      INPUT,
    );
    expect(output.pipelines).toContainEqual({
      name: 'Deploy to qa',
      environment: 'qa',
      outcome: 'created',
    });
  });

  it.each([
    {
      entityRef: 'component:default/other',
      says: /belongs to component:default\/other/,
    },
    { entityRef: undefined, says: /does not say whose it is/ },
  ])('refuses an application of $entityRef', async ({ entityRef, says }) => {
    await gate.saveApplication({
      kind: 'create',
      application: {
        name: 'orders',
        email: 'a@northwind.example',
        ...(entityRef ? { entityRef } : {}),
      },
    });
    await expect(runAction(action, INPUT)).rejects.toThrow(says);
    expect(await gate.getPipelines('orders')).toEqual([]);
  });

  it('keeps what people set on the application', async () => {
    await gate.saveApplication({
      kind: 'create',
      application: {
        name: 'orders',
        email: 'anna@northwind.example',
        entityRef: 'component:default/orders',
        description: 'Ask Anna',
      },
    });
    await runAction(action, { ...INPUT, email: 'other@northwind.example' });
    expect(await gate.getApplication('orders')).toMatchObject({
      email: 'anna@northwind.example',
      description: 'Ask Anna',
    });
  });

  it('says in a dry run what it would do and does nothing', async () => {
    const before = fake.export();
    const { said } = await runAction(action, INPUT, { dryRun: true });
    expect(said).toEqual([
      "The application 'orders' would be created in Spinnaker at gate.test",
      "The Spinnaker pipeline 'Deploy to dev' would be created in Spinnaker at gate.test",
      "The Spinnaker pipeline 'Deploy to staging' would be created in Spinnaker at gate.test",
      "The Spinnaker pipeline 'Deploy to prod' would be created in Spinnaker at gate.test",
    ]);
    expect(fake.export()).toEqual(before);
  });

  it('says in a dry run what it would put right', async () => {
    await runAction(action, INPUT);
    const [dev] = await gate.getPipelines('orders');
    await gate.savePipeline({ ...dev, limitConcurrent: false });
    const { said } = await runAction(action, INPUT, { dryRun: true });
    expect(said).toContain(
      "The Spinnaker pipeline 'Deploy to dev' would be updated in Spinnaker at gate.test: 'limitConcurrent' of the Spinnaker pipeline 'Deploy to dev' is not what Backstage wrote",
    );
    expect(said).toContain(
      "The Spinnaker pipeline 'Deploy to prod' would be unchanged in Spinnaker at gate.test",
    );
  });

  it('lists what exists when it fails in the middle, and finishes the next time', async () => {
    const whole = fake.handle.bind(fake);
    let saves = 0;
    const spy = jest.spyOn(fake, 'handle').mockImplementation(async request => {
      if (request.method === 'POST' && request.url.includes('/pipelines')) {
        saves += 1;
        if (saves === 2) {
          return new Response('{"message":"Orca is away"}', { status: 500 });
        }
      }
      return whole(request);
    });
    await expect(runAction(action, INPUT)).rejects.toThrow(
      /Done before that: The application 'orders' \(created\), The Spinnaker pipeline 'Deploy to dev' \(created\)\. Run it again to finish\. Failed: the Spinnaker pipeline 'Deploy to staging'/,
    );
    spy.mockRestore();
    const { output } = await runAction(action, INPUT);
    expect(output.pipelines).toEqual([
      expect.objectContaining({ outcome: 'unchanged' }),
      expect.objectContaining({ outcome: 'created' }),
      expect.objectContaining({ outcome: 'created' }),
    ]);
  });

  it('links to the user interface of Spinnaker when its address is configured', async () => {
    const { output } = await runAction(
      actionFor({
        ...DELIVERY_CONFIG,
        spinnaker: { ...DELIVERY_CONFIG.spinnaker, uiUrl: 'http://deck.test/' },
      }),
      INPUT,
    );
    expect(output.applicationUrl).toBe(
      'http://deck.test/#/applications/orders/executions',
    );
  });

  it.each([
    { delivery: {}, says: 'delivery.spinnaker is missing' },
    {
      delivery: { spinnaker: DELIVERY_CONFIG.spinnaker },
      says: 'delivery.environments is missing',
    },
    {
      delivery: {
        ...DELIVERY_CONFIG,
        environments: [{ name: 'dev', tier: 'test' }],
      },
      says: 'delivery.environments[0].tier cannot be used',
    },
  ])(
    'says where the configuration is wrong: $says',
    async ({ delivery, says }) => {
      await expect(runAction(actionFor(delivery), INPUT)).rejects.toThrow(says);
    },
  );

  it('knows the configured promotion paths only', async () => {
    await expect(runAction(action, { ...INPUT, path: 'moon' })).rejects.toThrow(
      "There is no promotion path 'moon'; add it under delivery.paths",
    );
    const { output } = await runAction(
      actionFor({
        ...DELIVERY_CONFIG,
        paths: {
          short: { environments: [DELIVERY_CONFIG.environments[0]] },
        },
      }),
      { ...INPUT, path: 'short' },
    );
    expect(output.pipelines).toHaveLength(1);
  });

  it('has examples that can be parsed and name it', () => {
    for (const { example } of spinnakerApplyExamples) {
      expect(parse(example).steps[0].action).toBe(action.id);
    }
  });
});
