// SPDX-License-Identifier: Apache-2.0
import { setupServer } from 'msw/node';
import { renderDeployPipeline, startParameters } from '../pipelines';
import { executedAsRendered } from '../pipelines/executedAsRendered';
import { SpinnakerClient } from '../SpinnakerClient';
import { FakeGate, FakeGateOptions } from './FakeGate';
import { gateHandlers } from './gateHandlers';
import { InMemoryWorld } from './InMemoryWorld';
import { ManualClock } from './ManualClock';
import { claimWebhook } from './model/PreconfiguredWebhook';

const BASE = 'http://gate.test';
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const digest = `sha256:${'a'.repeat(64)}`;
const parameters = startParameters({
  promotionId: '01JDPROMOTION',
  chartVersion: '3.8.44',
  valuesBase64: Buffer.from(
    `replicaCount: 2\nimage:\n  repository: registry.test/orders\n  digest: ${digest}\n`,
  ).toString('base64'),
  valuesDigest: digest,
  fingerprint: digest,
});

/** A portal that answers claims with whatever the test says. */
class Portal {
  status = 'PENDING';
  readonly calls: {
    url: string;
    body: string;
    authorization: string | null;
  }[] = [];
  readonly fetch: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    this.calls.push({
      url: request.url,
      body: await request.text(),
      authorization: request.headers.get('authorization'),
    });
    return Response.json({
      status: this.status,
      progress: this.status.toLowerCase(),
      links: { status: 'http://portal.test/api/delivery/v1/claims/1' },
    });
  };
}

function setup(options: FakeGateOptions = {}) {
  const clock = new ManualClock();
  const portal = new Portal();
  const world = new InMemoryWorld({ fetch: portal.fetch });
  const gate = new FakeGate({
    clock,
    backends: world,
    webhooks: [
      claimWebhook({
        url: 'http://portal.test/api/delivery/v1/claims',
        token: 'claim-token',
      }),
    ],
    ...options,
  });
  server.use(...gateHandlers(gate, BASE));
  const client = SpinnakerClient.create({ baseUrl: BASE, timeoutMs: 500 });
  const advance = async (ms: number) => {
    clock.advance(ms);
    await gate.tick();
  };
  return { clock, portal, world, gate, client, advance };
}

function pipelineFor(environment: 'dev' | 'staging') {
  return renderDeployPipeline({
    application: 'orders',
    entityRef: 'component:default/orders',
    environment: {
      name: environment,
      account: `local-${environment}`,
      namespace: `orders-${environment}`,
      gated: environment !== 'dev',
    },
    chart: { name: 'orders', account: 'charts' },
    webhook:
      environment === 'dev'
        ? { source: 'orders', payload: { service: 'orders' } }
        : undefined,
  });
}

async function saved(client: SpinnakerClient, environment: 'dev' | 'staging') {
  await client.savePipeline(pipelineFor(environment));
  const pipeline = await client.getPipeline(
    'orders',
    `Deploy to ${environment}`,
  );
  if (!pipeline) {
    throw new Error('not saved');
  }
  return pipeline;
}

async function started(client: SpinnakerClient, correlationId = 'dlv-1-1') {
  const outcome = await client.startPipeline({
    application: 'orders',
    pipeline: 'Deploy to staging',
    correlationId,
    parameters,
  });
  if (outcome.kind !== 'accepted') {
    throw new Error(`not accepted: ${outcome.reason}`);
  }
  return outcome.executionId;
}

describe('a blue-green Spinnaker pipeline', () => {
  it('switches when the new version is ready and removes the old one', async () => {
    const { client, world, advance, portal } = setup();
    portal.status = 'ADMITTED';
    const parts: string[] = [];
    world.bake = async ({ values, chart }) => {
      const part = /part: (\w+)/.exec(values.join('\n'))?.[1] ?? '';
      parts.push(part);
      const labels = {
        'app.kubernetes.io/name': 'orders',
        'delivery/release': String(chart.version),
      };
      return {
        kind: 'baked',
        yaml: JSON.stringify(
          part === 'workload'
            ? {
                apiVersion: 'apps/v1',
                kind: 'Deployment',
                metadata: { name: `orders-${chart.version}`, labels },
                spec: { replicas: 1 },
              }
            : {
                apiVersion: 'v1',
                kind: 'Service',
                metadata: { name: 'orders' },
                spec: { selector: labels },
              },
        ),
      };
    };
    const rendered = renderDeployPipeline({
      application: 'orders',
      entityRef: 'component:default/orders',
      environment: {
        name: 'staging',
        account: 'local-staging',
        namespace: 'orders-staging',
        gated: true,
      },
      chart: { name: 'orders', account: 'charts' },
      strategy: 'blue-green',
    });
    await client.savePipeline(rendered);
    const run = async (chartVersion: string) => {
      const outcome = await client.startPipeline({
        application: 'orders',
        pipeline: 'Deploy to staging',
        correlationId: `dlv-${chartVersion.replaceAll('.', '-')}-1`,
        parameters: { ...parameters, chartVersion },
      });
      const id = outcome.kind === 'accepted' ? outcome.executionId : '';
      for (let second = 0; second < 120; second++) {
        await advance(1_000);
      }
      return client.getExecution(id);
    };
    const names = () => [...world.objects.keys()].sort();
    const first = await run('0.1.2');
    expect(first?.status).toBe('SUCCEEDED');
    const second = await run('0.1.3');
    expect(second?.status).toBe('SUCCEEDED');
    expect(parts).toEqual(['workload', 'traffic', 'workload', 'traffic']);
    expect(names()).toEqual([
      'local-staging/orders-staging/Deployment/orders-0.1.3',
      'local-staging/orders-staging/Service/orders',
    ]);
    expect(second && executedAsRendered(second, rendered)).toEqual({
      ok: true,
    });

    world.rollout = 'deadline-exceeded';
    const failed = await run('0.1.4');
    expect(failed?.status).toBe('TERMINAL');
    // the traffic stays where it was, and what it goes to is still there
    expect(
      world.objects.get('local-staging/orders-staging/Service/orders'),
    ).toMatchObject({ spec: { selector: { 'delivery/release': '0.1.3' } } });
    expect(names()).toContain(
      'local-staging/orders-staging/Deployment/orders-0.1.3',
    );
  });
});

describe('FakeGate with the client', () => {
  it('creates an application with its attributes', async () => {
    const { client } = setup();
    await expect(client.getApplication('orders')).resolves.toBeUndefined();
    await client.saveApplication({
      kind: 'create',
      application: {
        name: 'orders',
        email: 'team@example.com',
        cloudProviders: 'kubernetes',
        entityRef: 'component:default/orders',
      },
    });
    await expect(client.getApplication('orders')).resolves.toMatchObject({
      name: 'orders',
      entityRef: 'component:default/orders',
    });
  });

  it('saves a pipeline once per name and refuses a stale one', async () => {
    const { client, advance } = setup();
    const pipeline = await saved(client, 'staging');
    await expect(
      client.savePipeline({
        ...pipelineFor('staging'),
        name: 'DEPLOY TO staging',
      }),
    ).rejects.toThrow(/already exists in application orders/);

    await advance(1000);
    await client.savePipeline({ ...pipeline, description: 'newer' });
    await expect(
      client.savePipeline({ ...pipeline, description: 'older' }),
    ).rejects.toThrow(/stale/);
  });

  it('deploys only after the claim is admitted, and exactly once', async () => {
    const { client, gate, portal, advance } = setup();
    const pipeline = await saved(client, 'staging');
    const id = await started(client);

    await gate.tick();
    expect(portal.calls[0]).toMatchObject({
      url: 'http://portal.test/api/delivery/v1/claims',
      body: `{"executionId": "${id}", "promotionId": "01JDPROMOTION"}`,
      authorization: 'Bearer claim-token',
    });
    const waiting = await client.getExecution(id);
    expect(waiting?.stages.map(({ status }) => status)).toEqual([
      'RUNNING',
      'NOT_STARTED',
      'NOT_STARTED',
    ]);
    expect(waiting && executedAsRendered(waiting, pipeline)).toEqual({
      ok: true,
    });
    expect(gate.deploys).toHaveLength(0);

    portal.status = 'ADMITTED';
    await advance(1000);
    const done = await client.getExecution(id);
    expect(done?.status).toBe('SUCCEEDED');
    expect(done && executedAsRendered(done, pipeline)).toEqual({ ok: true });
    expect(gate.deploys).toMatchObject([
      {
        executionId: id,
        account: 'local-staging',
        namespace: 'orders-staging',
        images: [`registry.test/orders@${digest}`],
        outcome: 'applied',
      },
    ]);
  });

  it.each([
    ['REFUSED', 'TERMINAL'],
    ['EXPIRED', 'TERMINAL'],
    ['WITHDRAWN', 'CANCELED'],
  ])('ends when the claim is %s', async (answer, status) => {
    const { client, gate, portal } = setup();
    portal.status = answer;
    await saved(client, 'staging');
    const id = await started(client);
    await gate.tick();
    expect((await client.getExecution(id))?.status).toBe(status);
    expect(gate.deploys).toHaveLength(0);
  });

  it('answers with the same execution until it has ended', async () => {
    const { client, gate, portal } = setup();
    await saved(client, 'staging');
    const first = await started(client, 'dlv-2-1');
    await expect(started(client, 'dlv-2-1')).resolves.toBe(first);
    portal.status = 'REFUSED';
    await client.cancelExecution(first, { reason: 'not wanted' });
    await gate.tick();
    await expect(started(client, 'dlv-2-1')).resolves.not.toBe(first);
    const found = await client.searchExecutions({
      application: 'orders',
      pipelineName: 'Deploy to staging',
      correlationId: 'dlv-2-1',
    });
    expect(found).toHaveLength(2);
    expect(found.at(-1)).toMatchObject({ id: first, status: 'CANCELED' });
  });

  it('fails with the text Clouddriver writes when a rollout gets stuck', async () => {
    const { client, gate, portal, world } = setup();
    portal.status = 'ADMITTED';
    world.rollout = 'deadline-exceeded';
    await saved(client, 'staging');
    const id = await started(client);
    await gate.tick();
    const execution = await client.getExecution(id);
    expect(execution?.status).toBe('TERMINAL');
    expect(execution?.stages[2].context.exception).toEqual({
      details: {
        errors: [
          "'deployment orders' in 'orders-staging' for account local-staging: Deployment exceeded its progress deadline",
        ],
      },
    });
  });

  it('is started by a webhook whose payload fits, and not by another', async () => {
    const { client, gate } = setup();
    await saved(client, 'dev');
    await client.sendWebhook({
      source: 'orders',
      payload: { service: 'not-orders', parameters },
    });
    expect(gate.executions).toHaveLength(0);
    await client.sendWebhook({
      source: 'orders',
      payload: { service: 'orders', parameters },
    });
    await gate.tick();
    expect(gate.executions).toMatchObject([
      { status: 'SUCCEEDED', trigger: { type: 'webhook', source: 'orders' } },
    ]);
    expect(gate.deploys).toHaveLength(1);
  });

  it('survives being exported and imported in the middle', async () => {
    const first = setup();
    const pipeline = await saved(first.client, 'staging');
    const id = await started(first.client);
    await first.gate.tick();

    server.resetHandlers();
    const second = setup({
      clock: first.clock,
      state: JSON.parse(JSON.stringify(first.gate.export())),
    });
    second.portal.status = 'ADMITTED';
    first.clock.advance(1000);
    await second.gate.tick();
    const execution = await second.client.getExecution(id);
    expect(execution?.status).toBe('SUCCEEDED');
    expect(execution && executedAsRendered(execution, pipeline)).toEqual({
      ok: true,
    });
  });
});

describe('FakeGate when things go wrong', () => {
  it.each([
    [{ kind: 'status', status: 500, when: 'before' } as const, 0, 'unknown'],
    [{ kind: 'status', status: 500, when: 'after' } as const, 1, 'unknown'],
    [{ kind: 'reset', when: 'after' } as const, 1, 'unknown'],
    [{ kind: 'hang', when: 'after' } as const, 1, 'unknown'],
    [{ kind: 'hang', when: 'before' } as const, 0, 'unknown'],
    [{ kind: 'status', status: 401, when: 'before' } as const, 0, 'refused'],
    [{ kind: 'status', status: 429, when: 'before' } as const, 0, 'refused'],
  ])('%j', async (effect, executions, kind) => {
    const { client, gate } = setup();
    await saved(client, 'staging');
    gate.inject({ method: 'POST', path: '^/pipelines/', times: 1, effect });
    const outcome = await client.startPipeline({
      application: 'orders',
      pipeline: 'Deploy to staging',
      correlationId: 'dlv-3-1',
      parameters,
    });
    expect(outcome.kind).toBe(kind);
    expect(gate.executions).toHaveLength(executions);
  });

  it('can hide an execution that it accepted', async () => {
    const { client, gate, advance } = setup();
    await saved(client, 'staging');
    gate.inject({
      method: 'POST',
      path: '^/pipelines/',
      times: 1,
      effect: { kind: 'invisible', ms: 5000 },
    });
    const id = await started(client);
    await expect(client.getExecution(id)).resolves.toBeUndefined();
    await advance(5000);
    await expect(client.getExecution(id)).resolves.toMatchObject({ id });
  });

  it('refuses a disabled pipeline, and stores an execution all the same', async () => {
    const { client, gate } = setup();
    await client.savePipeline({ ...pipelineFor('staging'), disabled: true });
    await expect(
      client.startPipeline({
        application: 'orders',
        pipeline: 'Deploy to staging',
        correlationId: 'dlv-4-1',
        parameters,
      }),
    ).resolves.toMatchObject({ kind: 'refused', status: 400 });
    expect(gate.executions).toMatchObject([
      { status: 'TERMINAL', canceled: true, canceledBy: 'system' },
    ]);
  });

  it('sends a wrong password to the login page', async () => {
    const { gate } = setup({
      access: { kind: 'basic', username: 'svc', password: 'right' },
    });
    expect(gate).toBeDefined();
    const wrong = SpinnakerClient.create({
      baseUrl: BASE,
      username: 'svc',
      password: 'not-right',
    });
    const failure = await wrong.getApplications().catch(error => error);
    expect(failure.message).toContain(
      'gate.test did not accept the credentials',
    );
    expect(failure.message).not.toContain('not-right');
    const right = SpinnakerClient.create({
      baseUrl: BASE,
      username: 'svc',
      password: 'right',
    });
    await expect(right.getUser()).resolves.toMatchObject({ username: 'svc' });
  });
});

describe('FakeGate and the claim', () => {
  it('tells the portal when an execution is cancelled, with its credential', async () => {
    const { client, gate, portal } = setup();
    await saved(client, 'staging');
    const id = await started(client);
    await gate.tick();
    await client.cancelExecution(id, { reason: 'not wanted' });
    await gate.tick();
    const cancelUrl = 'http://portal.test/api/delivery/v1/claims/cancel';
    // Nobody waits for it: Orca has cancelled already.
    while (!portal.calls.some(({ url }) => url === cancelUrl)) {
      await new Promise(resolve => {
        setImmediate(resolve);
      });
    }
    expect(portal.calls.find(({ url }) => url === cancelUrl)).toEqual({
      url: cancelUrl,
      body: `{"executionId": "${id}"}`,
      authorization: 'Bearer claim-token',
    });
    await expect(client.getExecution(id)).resolves.toMatchObject({
      status: 'CANCELED',
      cancellationReason: 'not wanted',
    });
  });

  it('asks again after a 5xx every ten seconds, and gives up on a 404', async () => {
    const answers = [503, 503, 404];
    const asked: string[] = [];
    const world = new InMemoryWorld({
      fetch: async (_, init) => {
        asked.push(String(init?.method));
        return new Response('{}', { status: answers.shift() ?? 500 });
      },
    });
    const { client, gate, advance } = setup({ backends: world });
    await saved(client, 'staging');
    const id = await started(client);
    await gate.tick();
    await advance(9_000);
    expect(asked).toEqual(['POST']);
    await advance(1_000);
    expect(asked).toEqual(['POST', 'POST']);
    await advance(10_000);
    // The last one signals that the stage has failed.
    expect(asked).toEqual(['POST', 'POST', 'POST', 'POST']);
    await expect(client.getExecution(id)).resolves.toMatchObject({
      status: 'TERMINAL',
    });
  });

  it('polls seldom once a minute has passed, and gives up after an hour', async () => {
    const { client, gate, portal, advance } = setup();
    await saved(client, 'staging');
    const id = await started(client);
    await gate.tick();
    for (let second = 0; second < 61; second += 1) {
      await advance(1_000);
    }
    const before = portal.calls.length;
    await advance(14_000);
    expect(portal.calls).toHaveLength(before);
    await advance(1_000);
    expect(portal.calls).toHaveLength(before + 1);
    await advance(3_600_000);
    await expect(client.getExecution(id)).resolves.toMatchObject({
      status: 'TERMINAL',
    });
  });
});
