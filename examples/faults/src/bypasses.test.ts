// SPDX-License-Identifier: Apache-2.0
import {
  listOutsideChanges,
  listPromotions,
  replaceServices,
} from 'backstage-plugin-delivery-backend/testUtils';
import type {
  GateState,
  JsonMap,
} from 'backstage-plugin-spinnaker-client/testUtils';
import { RunDatabase } from './database/Postgres';
import { chartOf, ORDERS } from './database/shop';
import type { NewOrder } from './worker/messages';
import { orderSchema } from './worker/messages';
import { Worker } from './worker/Worker';
import { GateServer } from './world/GateServer';
import { Outsider } from './world/Outsider';
import { Scene } from './world/Scene';
import { spinnakerState } from './world/spinnakerState';

const SWEEP_MS = 20_000;
const SOON_MS = 60_000;

jest.setTimeout(300_000);

let database: RunDatabase;
let server: GateServer;
let spinnaker: GateState;
let worker: Worker;

beforeAll(async () => {
  database = await RunDatabase.create('bypasses');
  server = await GateServer.start();
  spinnaker = await spinnakerState();
  worker = new Worker();
});

afterAll(async () => {
  await worker?.close();
  await server?.stop();
  await database?.drop();
});

/**
 * The portal with Release 1 in staging; `thinks` leaves every claim undecided, with `embedded`
 * the chart travels with each start.
 */
async function begin(options: { thinks?: boolean; embedded?: boolean } = {}) {
  await database.reset();
  const { embedded = false } = options;
  const order = (given: NewOrder) => worker.carryOut(orderSchema.parse(given));
  const scene: Scene = new Scene({
    mode: 'ok',
    seed: 0,
    state: embedded ? await spinnakerState('embedded') : spinnaker,
    portal: {
      ask: async question =>
        options.thinks
          ? { status: 'PENDING', progress: 'Wait' }
          : order({ ...question, now: scene.now }),
    },
  });
  let swept = 0;
  server.answer = request => scene.answer(request);
  await scene.cluster.begin();
  await order({
    kind: 'open',
    database: database.url,
    gate: server.url,
    now: scene.now,
  });
  if (embedded) {
    const annotations = {
      ...ORDERS.annotations,
      'delivery/chart-hand-over': 'embedded',
    };
    await replaceServices(
      database.knex,
      [{ ...ORDERS, annotations }],
      new Date(scene.now),
    );
  }
  const room = {
    scene,
    order,
    outsider: new Outsider(scene),
    async pass(seconds: number) {
      for (let count = 0; count < seconds; count += 1) {
        await scene.pass(1_000);
        const sweep = scene.now - swept >= SWEEP_MS;
        swept = sweep ? scene.now : swept;
        await order({
          kind: 'round',
          now: scene.now,
          observations: scene.newObservations(),
          sweep,
        });
      }
    },
    /** Release 2 is asked for, approved, and on its way into staging. */
    async promote(): Promise<string> {
      const promotionId = String(
        await order({
          kind: 'request',
          now: scene.now,
          by: 'ben',
          release: 2,
          environment: 'staging',
          key: `at ${scene.now}`,
        }),
      );
      await order({ kind: 'approve', now: scene.now, by: 'anna', promotionId });
      return promotionId;
    },
    async executionOf(promotionId: string): Promise<string> {
      const all = await listPromotions(database.knex, {});
      return all.find(({ id }) => id === promotionId)?.execution?.id ?? '';
    },
  };
  await room.pass(1);
  return room;
}

type Room = Awaited<ReturnType<typeof begin>>;

const saving =
  (change: JsonMap | 'removed') =>
  async ({ outsider }: Room) => {
    await outsider.saveClaim(change);
    await outsider.start();
  };

const patching =
  (change: JsonMap) =>
  async ({ executionOf, outsider, pass, promote }: Room) => {
    const promotionId = await promote();
    await pass(2);
    await outsider.patchClaim(await executionOf(promotionId), change);
  };

const BYPASSES: {
  way: string;
  ends: 'refused' | 'flagged';
  thinks?: boolean;
  go(room: Room): Promise<void>;
}[] = [
  {
    way: 'a start by hand, for no promotion',
    ends: 'refused',
    go: async ({ outsider }) => {
      await outsider.start();
    },
  },
  {
    way: 'a start by hand that names a waiting promotion',
    ends: 'refused',
    go: async ({ order, outsider, scene }) => {
      const promotionId = await order({
        kind: 'request',
        now: scene.now,
        by: 'ben',
        release: 2,
        environment: 'staging',
        key: 'waits',
      });
      await outsider.start({ promotionId: String(promotionId) });
    },
  },
  {
    way: 'the claim made a wait',
    ends: 'flagged',
    go: saving({ alias: 'wait', waitTime: 1 }),
  },
  {
    way: 'the claim switched off by a condition',
    ends: 'flagged',
    go: saving({ stageEnabled: { type: 'expression', expression: 'false' } }),
  },
  {
    way: 'the claim skipped by hand, as saved',
    ends: 'flagged',
    go: saving({ manualSkip: true }),
  },
  {
    way: 'the claim expired before it starts',
    ends: 'flagged',
    go: saving({ startTimeExpiry: '1' }),
  },
  {
    way: 'the claim timing out as a success',
    ends: 'flagged',
    thinks: true,
    go: saving({ stageTimeoutMs: 1_000, markSuccessfulOnTimeout: true }),
  },
  {
    way: 'a refusal that is ignored',
    ends: 'flagged',
    go: saving({ failPipeline: false, continuePipeline: true }),
  },
  {
    way: 'the claim only monitoring another address',
    ends: 'flagged',
    go: saving({
      monitorOnly: true,
      statusEndpoint: 'http://evil.test/yes',
    }),
  },
  { way: 'the claim removed', ends: 'flagged', go: saving('removed') },
  {
    way: 'a patch of the address that is polled',
    ends: 'flagged',
    thinks: true,
    go: patching({ statusEndpoint: 'http://evil.test/yes' }),
  },
  {
    way: 'a patch of what counts as success',
    ends: 'flagged',
    thinks: true,
    go: patching({ successStatuses: 'PENDING' }),
  },
  {
    way: 'a patch of where the status is read',
    ends: 'flagged',
    thinks: true,
    go: patching({ statusJsonPath: '$.progress', successStatuses: 'Wait' }),
  },
  {
    way: 'a patch of the time-out',
    ends: 'flagged',
    thinks: true,
    go: patching({ stageTimeoutMs: 1_000, markSuccessfulOnTimeout: true }),
  },
  {
    way: 'a patch before the claim starts',
    ends: 'flagged',
    thinks: true,
    go: async ({ order, outsider, promote, scene }) => {
      await promote();
      await order({
        kind: 'round',
        now: scene.now,
        observations: [],
        sweep: false,
      });
      await outsider.patchClaim(scene.gate.executions[0].id, {
        stageEnabled: { type: 'expression', expression: 'false' },
      });
    },
  },
  {
    way: 'a restart of the deploy of a promotion that succeeded',
    ends: 'flagged',
    go: async ({ executionOf, outsider, pass, promote, scene }) => {
      const promotionId = await promote();
      await pass(30);
      expect(scene.gate.deploys).toHaveLength(1);
      await outsider.restartDeploy(await executionOf(promotionId));
    },
  },
  {
    way: 'a restart of the deploy long after',
    ends: 'flagged',
    go: async ({ executionOf, outsider, pass, promote }) => {
      const promotionId = await promote();
      await pass(1_200);
      await outsider.restartDeploy(await executionOf(promotionId));
    },
  },
  {
    way: 'another pipeline into the same namespace',
    ends: 'flagged',
    go: async ({ outsider }) => {
      const { id: _, ...saved } = await outsider.saved();
      const [, bake, deploy] = saved.stages;
      await outsider.send('POST', '/pipelines', {
        ...saved,
        name: 'Hotfix',
        stages: [{ ...bake, requisiteStageRefIds: [] }, deploy],
      });
      await outsider.start({ pipeline: 'Hotfix' });
    },
  },
  {
    way: 'a digest applied by hand',
    ends: 'flagged',
    go: async ({ scene }) => {
      await scene.cluster.applyByHand(7);
    },
  },
];

it.each(BYPASSES)('sees $way: $ends', async ({ ends, go, thinks }) => {
  const room = await begin({ thinks });
  const before = room.scene.gate.deploys.length;
  await go(room);
  const began = room.scene.now;
  const lawful = room.scene.gate.deploys.length;
  let flaggedAfter: number | undefined;
  for (let second = 0; second < 100; second += 1) {
    await room.pass(1);
    const [change] = await listOutsideChanges(database.knex, { open: true });
    if (change && flaggedAfter === undefined) {
      const last = room.scene.gate.deploys.slice(lawful).at(-1);
      flaggedAfter = Date.parse(change.since) - (last?.at ?? began);
    }
  }
  const seen = flaggedAfter !== undefined && flaggedAfter <= SOON_MS;
  const deployed = room.scene.gate.deploys.length > before;
  expect({ flagged: flaggedAfter !== undefined, seen, deployed }).toMatchObject(
    ends === 'refused'
      ? { flagged: false, deployed: false }
      : { flagged: true, seen: true },
  );
  // A lane that was entered stays shut: what is asked for now waits.
  const starts = room.scene.starts.length;
  await room.promote().catch(() => {});
  await room.pass(30);
  expect(room.scene.starts.length > starts).toBe(ends === 'refused');
});

describe('a chart that travels with the start', () => {
  it('goes into staging with its promotion', async () => {
    const { pass, promote, scene } = await begin({ embedded: true });
    const promotionId = await promote();
    await pass(60);
    const all = await listPromotions(database.knex, {});
    expect(all.find(({ id }) => id === promotionId)?.phase).toBe('succeeded');
    expect(scene.starts).toHaveLength(1);
    expect(scene.starts[0]).toContain(chartOf(2).toString('base64'));
  });

  it('is no change from outside when it begins to', async () => {
    const { pass, promote, scene } = await begin();
    await promote();
    await pass(60);
    const annotations = {
      ...ORDERS.annotations,
      'delivery/chart-hand-over': 'embedded',
    };
    await replaceServices(
      database.knex,
      [{ ...ORDERS, annotations }],
      new Date(scene.now),
    );
    await pass(1_000);
    expect(await listOutsideChanges(database.knex, { open: true })).toEqual([]);
  });

  it('is refused at the claim when somebody starts another one, even with our account', async () => {
    const { pass, scene } = await begin({ embedded: true });
    for (const token of ['person-token', 'portal-token']) {
      await new Outsider(scene, token).start({ chart: chartOf(7) });
      await pass(20);
    }
    expect(scene.gate.executions.map(({ status }) => status)).toEqual([
      'TERMINAL',
      'TERMINAL',
    ]);
    expect(scene.gate.deploys).toEqual([]);
  });

  it('is flagged when the webhook brings another one under a known version', async () => {
    const { pass, scene } = await begin({ embedded: true });
    await scene.handOver(2, chartOf(7));
    const began = scene.now;
    await pass(100);
    expect(scene.gate.deploys).toHaveLength(1);
    const [change] = await listOutsideChanges(database.knex, { open: true });
    expect(change).toMatchObject({
      environment: 'dev',
      reason: expect.stringContaining(
        'it was given another chart than that of Release 2',
      ),
    });
    const [deploy] = scene.gate.deploys;
    expect(Date.parse(change.since) - (deploy?.at ?? began)).toBeLessThan(
      SOON_MS,
    );
  });
});

it('gives nothing to who has the token of the claim', async () => {
  const room = await begin();
  const { order, outsider, pass, promote, scene } = room;
  const claim = async (executionId: string, promotionId?: string) =>
    order({ kind: 'claim', now: scene.now, executionId, promotionId });
  const refused = { status: 'REFUSED' };
  const never = { status: expect.stringMatching(/^(REFUSED|PENDING)$/) };

  const done = await promote();
  await pass(40);
  const ended = await room.executionOf(done);
  const waiting = String(
    await order({
      kind: 'request',
      now: scene.now,
      by: 'ben',
      release: 1,
      environment: 'staging',
      key: 'the second',
    }),
  );
  // Unknown and future executions, for no promotion and for one that waits.
  await expect(claim('01ARZ3NDEKTSV4RRFFQ69G5FAV')).resolves.toMatchObject(
    refused,
  );
  await expect(claim('not-there-yet', waiting)).resolves.toMatchObject(never);
  // A finished execution, for another promotion.
  const fresh = await outsider.start({ promotionId: waiting });
  await expect(claim(fresh, waiting)).resolves.toMatchObject(refused);
  await expect(claim(`${ended}x`, done)).resolves.toMatchObject(never);
  // A start with our own account, but by nobody's promotion.
  const stolen = new Outsider(scene, 'portal-token');
  const forged = await stolen.start({ promotionId: done });
  await expect(claim(forged, done)).resolves.toMatchObject(refused);
  await pass(30);
  expect(scene.gate.deploys.map(({ executionId }) => executionId)).toEqual([
    ended,
  ]);
  expect([...scene.admitted]).toEqual([ended]);
});
