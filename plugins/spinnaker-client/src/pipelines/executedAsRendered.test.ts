// SPDX-License-Identifier: Apache-2.0
import { SpinnakerClient } from '../SpinnakerClient';
import { FakeGate } from '../testUtils/FakeGate';
import { InMemoryWorld } from '../testUtils/InMemoryWorld';
import { ManualClock } from '../testUtils/ManualClock';
import type { SpinnakerPipeline } from '../schemas/pipelineConfig';
import { isJsonMap, Json, JsonMap } from '../testUtils/model/Json';
import { claimWebhook } from '../testUtils/model/PreconfiguredWebhook';
import { executedAsRendered } from './executedAsRendered';
import { renderDeployPipeline } from './renderDeployPipeline';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const rendered = renderDeployPipeline({
  application: 'orders',
  entityRef: 'component:default/orders',
  environment: {
    name: 'prod',
    account: 'local-prod',
    namespace: 'orders-prod',
    gated: true,
  },
  chart: { name: 'orders', account: 'charts' },
});
const [claim, bake, deploy] = rendered.stages;

/** The inputs of a bake with something else in place of the chart. */
function spoilt(stage: JsonMap, change: JsonMap): Json[] {
  const [chart, ...values] = Array.isArray(stage.inputArtifacts)
    ? stage.inputArtifacts.filter(isJsonMap)
    : [];
  const artifact = isJsonMap(chart.artifact) ? chart.artifact : {};
  return [{ ...chart, artifact: { ...artifact, ...change } }, ...values];
}

interface Interference {
  /** What was rendered; the usual one when absent. */
  wanted?: SpinnakerPipeline;
  /** Parameters besides. */
  parameters?: JsonMap;
  /** What is saved in place of what was rendered. */
  saved?: JsonMap;
  /** What the trigger carries besides. */
  trigger?: JsonMap;
  /** A patch of a stage while the claim waits. */
  patch?: { stage: number; body: JsonMap };
  /** A stage that is restarted at the end. */
  restart?: number;
  /** What the portal answers. */
  claim?: 'PENDING' | 'ADMITTED' | 'REFUSED';
}

/** Runs the pipeline with something done to it, and compares what came of it. */
async function afterInterference(done: Interference) {
  const clock = new ManualClock();
  const world = new InMemoryWorld({
    // Another address than the portal's says yes to everything.
    fetch: async url =>
      Response.json({
        status: String(url).includes('portal')
          ? done.claim ?? 'PENDING'
          : 'ADMITTED',
        progress: 'asked',
        links: { status: 'http://portal/claims/1' },
      }),
  });
  const gate = new FakeGate({
    clock,
    backends: world,
    webhooks: [claimWebhook({ url: 'http://portal/claims', token: 't' })],
  });
  const client = SpinnakerClient.create({
    baseUrl: 'http://gate',
    fetch: (input, init) => gate.handle(new Request(input, init)),
  });
  const send = (method: string, path: string, body: JsonMap) =>
    gate.handle(
      new Request(`http://gate${path}`, {
        method,
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    );
  const { wanted = rendered } = done;
  await send('POST', '/pipelines', { ...wanted, ...done.saved });
  await send('POST', '/pipelines/orders/Deploy%20to%20prod', {
    type: 'manual',
    ...done.trigger,
    parameters: {
      promotionId: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
      chartVersion: '3.8.44',
      valuesBase64: Buffer.from('replicas: 1\n').toString('base64'),
      valuesDigest: DIGEST,
      fingerprint: DIGEST,
      ...done.parameters,
    },
  });
  await gate.tick();
  const { id, stages } = gate.executions[0];
  if (done.patch) {
    await send(
      'PATCH',
      `/pipelines/${id}/stages/${stages[done.patch.stage].id}`,
      done.patch.body,
    );
  }
  for (let second = 0; second < 30; second += 1) {
    clock.advance(1_000);
    await gate.tick();
  }
  if (done.restart !== undefined) {
    await send(
      'PUT',
      `/pipelines/${id}/stages/${stages[done.restart].id}/restart`,
      {},
    );
    await gate.tick();
  }
  const [pipeline] = await client.getPipelines('orders');
  const execution = await client.getExecution(id);
  if (!execution) {
    throw new Error('The execution is gone');
  }
  return {
    status: execution.status,
    deploys: gate.deploys.length,
    compared: executedAsRendered(
      execution,
      pipeline.id ? { ...wanted, id: pipeline.id } : wanted,
    ),
  };
}

describe('executedAsRendered', () => {
  it.each([
    ['waits', 'PENDING', 'RUNNING', 0],
    ['is admitted', 'ADMITTED', 'SUCCEEDED', 1],
    ['is refused', 'REFUSED', 'TERMINAL', 0],
  ] as const)(
    'finds nothing wrong while the claim %s',
    async (_, answer, status, deploys) => {
      await expect(afterInterference({ claim: answer })).resolves.toEqual({
        status,
        deploys,
        compared: { ok: true },
      });
    },
  );

  const stagesWith = (change: JsonMap, index = 0): Interference => ({
    saved: {
      stages: rendered.stages.map((stage, at) =>
        at === index ? { ...stage, ...change } : stage,
      ),
    },
  });

  const embedded = renderDeployPipeline({
    application: 'orders',
    entityRef: 'component:default/orders',
    environment: {
      name: 'prod',
      account: 'local-prod',
      namespace: 'orders-prod',
      gated: true,
    },
    chart: {
      name: 'orders',
      account: 'embedded-artifact',
      handOver: 'embedded',
    },
  });
  const chartBase64 = 'H4sIAAAAAAAAAwMAAAAAAAAAAAA=';

  it('knows a chart that came with the start', async () => {
    await expect(
      afterInterference({
        wanted: embedded,
        parameters: { chartBase64 },
        claim: 'ADMITTED',
      }),
    ).resolves.toMatchObject({ status: 'SUCCEEDED', compared: { ok: true } });
  });

  it.each<[string, JsonMap]>([
    [
      'another chart put into the bake',
      { reference: 'H4sIAAAAAAAAAwMAAAAAAAAAAAE=' },
    ],
    ['a chart out of a repository', { type: 'helm/chart', version: '6.6.6' }],
  ])('notices %s', async (_, change) => {
    const { compared } = await afterInterference({
      wanted: embedded,
      parameters: { chartBase64 },
      claim: 'ADMITTED',
      saved: {
        stages: embedded.stages.map((stage, at) =>
          at === 1
            ? { ...stage, inputArtifacts: spoilt(stage, change) }
            : stage,
        ),
      },
    });
    expect(compared).toEqual({
      ok: false,
      reason: expect.stringContaining("'inputArtifacts'"),
    });
  });

  it.each<[string, Interference, RegExp]>([
    [
      'a claim left out',
      {
        saved: {
          stages: [{ ...bake, requisiteStageRefIds: [] }, deploy],
        },
      },
      /2 Spinnaker stages, 3 were rendered/,
    ],
    ['another alias', stagesWith({ alias: 'wait', waitTime: 1 }), /'alias'/],
    [
      'a claim that is disabled',
      stagesWith({ stageEnabled: { type: 'expression', expression: 'false' } }),
      /'stageEnabled'/,
    ],
    [
      'a claim that is skipped',
      stagesWith({ manualSkip: true }),
      /'manualSkip'/,
    ],
    [
      'a claim that expires before it starts',
      stagesWith({ startTimeExpiry: '1' }),
      /'startTimeExpiry'/,
    ],
    [
      'a claim that succeeds by running out of time',
      stagesWith({ stageTimeoutMs: 1_000, markSuccessfulOnTimeout: true }),
      /'(stageTimeoutMs|markSuccessfulOnTimeout)'/,
    ],
    [
      'a claim whose failure counts nothing',
      {
        ...stagesWith({ failPipeline: false, continuePipeline: true }),
        claim: 'REFUSED',
      },
      /'failPipeline'/,
    ],
    [
      'a claim that only asks another address',
      stagesWith({ monitorOnly: true, statusEndpoint: 'http://evil/yes' }),
      /'monitorOnly'/,
    ],
    [
      'a bake with overrides',
      {
        ...stagesWith({ overrides: { 'image.tag': 'evil' } }, 1),
        claim: 'ADMITTED',
      },
      /'overrides'/,
    ],
    [
      'a deploy into another namespace',
      {
        ...stagesWith({ namespaceOverride: 'other' }, 2),
        claim: 'ADMITTED',
      },
      /'namespaceOverride'/,
    ],
    [
      'a stage beside it all',
      {
        saved: {
          stages: [
            claim,
            bake,
            deploy,
            {
              type: 'wait',
              refId: '9',
              name: 'Sneak',
              requisiteStageRefIds: [],
            },
          ],
        },
      },
      /'Sneak', which was not rendered/,
    ],
    [
      'another evaluator',
      { saved: { spelEvaluator: 'v2' } },
      /expressions are evaluated/,
    ],
    [
      'artifacts in the trigger',
      {
        trigger: { artifacts: [{ type: 'docker/image', name: 'orders' }] },
      },
      /brought artifacts/,
    ],
    ['a dry run', { trigger: { dryRun: true } }, /dry run/],
    [
      'a patched address',
      { patch: { stage: 0, body: { statusEndpoint: 'http://evil/yes' } } },
      /was changed while the execution ran/,
    ],
    [
      'a patched status',
      { patch: { stage: 0, body: { successStatuses: 'PENDING' } } },
      /was changed while the execution ran/,
    ],
    [
      'a later stage patched before it starts',
      {
        patch: { stage: 2, body: { namespaceOverride: 'other' } },
        claim: 'PENDING',
      },
      /'Deploy \(Manifest\)' was changed/,
    ],
    [
      'a deploy that is restarted',
      { restart: 2, claim: 'ADMITTED' },
      /'Deploy \(Manifest\)' was restarted/,
    ],
  ])('notices %s', async (_, interference, reason) => {
    const { compared } = await afterInterference(interference);
    expect(compared).toEqual({
      ok: false,
      reason: expect.stringMatching(reason),
    });
  });

  it('is not satisfied with an execution read without its contexts', async () => {
    const { compared } = await afterInterference({ claim: 'ADMITTED' });
    expect(compared).toEqual({ ok: true });
    expect(
      executedAsRendered(
        {
          id: '1',
          type: 'PIPELINE',
          application: 'orders',
          name: 'Deploy to prod',
          status: 'RUNNING',
          canceled: false,
          spelEvaluator: 'v4',
          authentication: {},
          trigger: {
            type: 'manual',
            parameters: {},
            artifacts: [],
            expectedArtifacts: [],
            resolvedExpectedArtifacts: [],
            dryRun: false,
          },
          stages: rendered.stages.map(stage => ({
            id: stage.refId,
            refId: stage.refId,
            type: stage.type,
            name: stage.name ?? '',
            status: 'NOT_STARTED' as const,
            requisiteStageRefIds: stage.requisiteStageRefIds ?? [],
            context: {},
            outputs: {},
            tasks: [],
          })),
        },
        rendered,
      ),
    ).toEqual({
      ok: false,
      reason: expect.stringContaining('read without its context'),
    });
  });
});
