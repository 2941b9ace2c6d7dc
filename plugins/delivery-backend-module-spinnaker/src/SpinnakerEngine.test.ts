// SPDX-License-Identifier: Apache-2.0
import { gzipSync } from 'node:zlib';
import {
  digestOf,
  type EngineTarget,
  type StartParameters,
} from 'backstage-plugin-delivery-node';
import { describeCdEngine } from 'backstage-plugin-delivery-node/testUtils';
import {
  SpinnakerClient,
  type SpinnakerPipeline,
} from 'backstage-plugin-spinnaker-client';
import {
  claimWebhook,
  FakeGate,
  gateHandlers,
  InMemoryWorld,
  ManualClock,
} from 'backstage-plugin-spinnaker-client/testUtils';
import { setupServer } from 'msw/node';
import { renderForTarget } from './renderForTarget';
import { SpinnakerEngine } from './SpinnakerEngine';

const BASE = 'http://gate.test';
const DIGEST = `sha256:${'a'.repeat(64)}`;
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const target: EngineTarget = {
  service: 'component:default/orders',
  serviceName: 'orders',
  annotations: { 'spinnaker.io/application-name': 'orders' },
  environment: {
    name: 'staging',
    account: 'local-staging',
    namespace: 'orders-staging',
    gated: true,
  },
};
const parameters: StartParameters = {
  promotionId: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  chartVersion: '3.8.44',
  valuesBase64: Buffer.from('replicas: 2\n').toString('base64'),
  valuesDigest: DIGEST,
  fingerprint: DIGEST,
};

async function setup() {
  const clock = new ManualClock();
  let claimStatus = 'ADMITTED';
  const world = new InMemoryWorld({
    fetch: async () =>
      Response.json({
        status: claimStatus,
        progress: 'All gates pass.',
        links: { status: 'http://portal.test/claims/1' },
      }),
  });
  const gate = new FakeGate({
    clock,
    backends: world,
    access: {
      kind: 'token',
      tokens: { 'portal-token': 'svc-backstage', 'person-token': 'mallory' },
    },
    webhooks: [
      claimWebhook({ url: 'http://portal.test/claims', token: 'claim-token' }),
    ],
    // Longer than the suite looks, so that executions are met while they run.
    timing: { start: 1_000, bake: 1_000, deploy: 1_000 },
  });
  server.use(...gateHandlers(gate, BASE));
  const client = SpinnakerClient.create({
    baseUrl: BASE,
    token: 'portal-token',
  });
  await client.saveApplication({
    kind: 'create',
    application: {
      name: 'orders',
      email: 'team@example.com',
      entityRef: target.service,
    },
  });
  await client.savePipeline(
    renderForTarget(target, { application: 'orders', chartAccount: 'charts' }),
  );
  const engine = SpinnakerEngine.create({
    settings: {
      baseUrl: BASE,
      token: 'portal-token',
      chartAccount: 'charts',
      claims: 'required',
      uiUrl: 'https://deck.example.com',
    },
    now: () => clock.now(),
    timeoutMs: 1_000,
  });
  const settle = async () => {
    for (let step = 0; step < 20; step += 1) {
      clock.advance(1_000);
      await gate.tick();
    }
  };
  const pipeline = async (): Promise<SpinnakerPipeline> => {
    const saved = await client.getPipeline('orders', 'Deploy to staging');
    if (!saved) {
      throw new Error('not saved');
    }
    return saved;
  };
  const start = async (correlationId = 'dlv-1-1') => {
    const outcome = await engine.start({
      target,
      pipelineId: (await pipeline()).id ?? '',
      correlationId,
      parameters,
    });
    if (outcome.state !== 'accepted') {
      throw new Error(outcome.reason);
    }
    return outcome.ref;
  };
  return {
    clock,
    gate,
    world,
    client,
    engine,
    settle,
    pipeline,
    start,
    answerClaims: (status: string) => {
      claimStatus = status;
    },
  };
}

describeCdEngine('SpinnakerEngine', async () => {
  const { engine, gate, clock, settle } = await setup();
  return {
    engine,
    target,
    foreignTarget: {
      ...target,
      service: 'component:default/billing',
      serviceName: 'billing',
    },
    parameters,
    before: clock.now(),
    settle,
    loseNextAnswer: () => {
      gate.inject({
        method: 'POST',
        path: '^/pipelines/',
        times: 1,
        effect: { kind: 'reset', when: 'after' },
      });
    },
    refuseNextStart: () => {
      gate.inject({
        method: 'POST',
        path: '^/pipelines/',
        times: 1,
        effect: { kind: 'status', status: 400, when: 'before' },
      });
    },
    takeDown: () => {
      gate.inject({ effect: { kind: 'reset', when: 'before' } });
    },
  };
});

describe('SpinnakerEngine', () => {
  it('says what was changed in a Spinnaker pipeline', async () => {
    const { engine, client, pipeline } = await setup();
    const saved = await pipeline();
    const [claim, ...others] = saved.stages;
    await client.savePipeline({
      ...saved,
      stages: [{ ...claim, failPipeline: false }, ...others],
    });
    const binding = await engine.inspect(target);
    expect(binding).toMatchObject({
      state: 'bound',
      altered:
        "'failPipeline' of the Spinnaker stage 'Claim admission' in 'Deploy to staging' is not what Backstage wrote",
      url: 'https://deck.example.com/#/applications/orders/executions',
    });
  });

  it('says what is missing', async () => {
    const { engine } = await setup();
    await expect(
      engine.inspect({ ...target, annotations: {} }),
    ).resolves.toMatchObject({
      state: 'missing',
      reason: expect.stringContaining('spinnaker.io/application-name'),
    });
    await expect(
      engine.inspect({
        ...target,
        environment: { ...target.environment, name: 'prod' },
      }),
    ).resolves.toMatchObject({
      state: 'missing',
      reason: expect.stringContaining("'Deploy to prod'"),
    });
    await expect(
      engine.inspect({
        ...target,
        annotations: { 'spinnaker.io/application-name': '../orders' },
      }),
    ).resolves.toMatchObject({ state: 'refused' });
  });

  it('tells how far an execution is, and why it failed', async () => {
    const { engine, clock, gate, start, settle, world } = await setup();
    world.rollout = 'deadline-exceeded';
    const ref = await start();
    await expect(engine.get(ref, { target })).resolves.toMatchObject({
      state: 'queued',
      claim: 'waiting',
      deployReached: false,
    });
    clock.advance(1_000);
    await gate.tick();
    await expect(engine.get(ref, { target })).resolves.toMatchObject({
      state: 'running',
      claim: 'admitted',
      deployReached: false,
      integrity: { intact: true },
    });
    await settle();
    await expect(engine.get(ref, { target })).resolves.toMatchObject({
      state: 'failed',
      deployReached: true,
      integrity: { intact: true },
      message:
        "'deployment orders' in 'orders-staging' for account local-staging: Deployment exceeded its progress deadline",
    });
  });

  it('tells a refused claim from a failure further on', async () => {
    const { engine, start, settle, answerClaims } = await setup();
    answerClaims('REFUSED');
    const ref = await start();
    await settle();
    await expect(engine.get(ref, { target })).resolves.toMatchObject({
      state: 'failed',
      claim: 'refused',
      deployReached: false,
      message: 'All gates pass.',
    });
  });

  it('sees a restart of an execution that it had read to its end', async () => {
    const { engine, gate, start, settle, clock } = await setup();
    const since = clock.now();
    const ref = await start();
    await settle();
    const look = () => engine.find({ kind: 'recent', target, since });
    await expect(look()).resolves.toMatchObject([
      { state: 'succeeded', integrity: { intact: true } },
    ]);
    const deploy = gate.executions[0].stages[2];
    await gate.handle(
      new Request(`${BASE}/pipelines/${ref.id}/stages/${deploy.id}/restart`, {
        method: 'PUT',
        body: '{}',
        headers: {
          'content-type': 'application/json',
          authorization: 'Bearer portal-token',
        },
      }),
    );
    await settle();
    await expect(look()).resolves.toMatchObject([
      {
        state: 'succeeded',
        integrity: {
          intact: false,
          reason: "The Spinnaker stage 'Deploy (Manifest)' was restarted",
        },
      },
    ]);
    expect(gate.deploys).toHaveLength(2);
  });

  it('hands a chart over and tells what was really given', async () => {
    const { engine, gate, pipeline } = await setup();
    const bytes = gzipSync('a chart');
    const outcome = await engine.start({
      target,
      pipelineId: (await pipeline()).id ?? '',
      correlationId: 'dlv-1-1',
      parameters: { ...parameters, chartBase64: bytes.toString('base64') },
    });
    const id = outcome.state === 'accepted' ? outcome.ref.id : '';
    const execution = await engine.get({ engine: 'spinnaker', id }, { target });
    expect(execution?.received).toEqual({
      values: digestOf('replicas: 2\n'),
      chart: digestOf(new Uint8Array(bytes)),
    });
    // it is large, and never shown or kept
    expect(JSON.stringify(execution)).not.toContain(bytes.toString('base64'));
    await expect(
      engine.start({
        target,
        pipelineId: (await pipeline()).id ?? '',
        correlationId: 'dlv-2-1',
        parameters: { ...parameters, chartBase64: '${1+1}' },
      }),
    ).resolves.toMatchObject({
      state: 'refused',
      reason: expect.stringContaining("'chartBase64'"),
    });
    expect(gate.executions).toHaveLength(1);
  });

  it('does not take for base64 what only Node does', async () => {
    const { client, engine } = await setup();
    const bytes = gzipSync('a chart');
    const outcome = await client.startPipeline({
      application: 'orders',
      pipeline: 'Deploy to staging',
      correlationId: 'dlv-1-1',
      parameters: {
        ...parameters,
        chartBase64: `${bytes.toString('base64')}\n`,
      },
    });
    const id = outcome.kind === 'accepted' ? outcome.executionId : '';
    const execution = await engine.get({ engine: 'spinnaker', id }, { target });
    expect(execution?.received?.chart).not.toBe(
      digestOf(new Uint8Array(bytes)),
    );
  });

  it('tells a start by somebody else from its own', async () => {
    const { engine, clock } = await setup();
    const since = clock.now();
    const person = SpinnakerClient.create({
      baseUrl: BASE,
      token: 'person-token',
    });
    await person.startPipeline({
      application: 'orders',
      pipeline: 'Deploy to staging',
      correlationId: 'by-hand',
      parameters,
    });
    await expect(
      engine.find({ kind: 'recent', target, since }),
    ).resolves.toMatchObject([{ startedBy: { user: 'mallory', ours: false } }]);
  });

  it('reads an ended execution in full only once', async () => {
    const { engine, gate, start, settle, clock } = await setup();
    const since = clock.now();
    const ref = await start();
    await settle();
    await engine.find({ kind: 'recent', target, since });
    gate.inject({
      method: 'GET',
      path: `^/pipelines/${ref.id}$`,
      effect: { kind: 'reset', when: 'before' },
    });
    await expect(
      engine.find({ kind: 'recent', target, since }),
    ).resolves.toMatchObject([{ state: 'succeeded' }]);
  });

  it('asks for nothing twice when all environments are looked at', async () => {
    const { engine, clock } = await setup();
    const since = clock.now();
    const paths: string[] = [];
    server.events.on('request:start', ({ request }) => {
      paths.push(new URL(request.url).pathname);
    });
    const [binding] = await Promise.all([
      engine.inspect(target),
      engine.inspect({
        ...target,
        environment: { ...target.environment, name: 'prod' },
      }),
    ]);
    const pipelineId =
      binding.state === 'bound' ? binding.pipelineId : undefined;
    await engine.find({ kind: 'recent', target, since, pipelineId });
    server.events.removeAllListeners();
    expect(paths.sort()).toEqual([
      '/applications/orders',
      '/applications/orders/pipelineConfigs/Deploy%20to%20prod',
      '/applications/orders/pipelineConfigs/Deploy%20to%20staging',
      '/executions',
    ]);
  });
});
