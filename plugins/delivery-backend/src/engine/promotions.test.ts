// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { LANE_PHASES } from 'backstage-plugin-delivery-common';
import { listDeployments } from '../database/deployments';
import { findLane } from '../database/lanes';
import { listOutsideChanges } from '../database/outsideChanges';
import { listPromotions } from '../database/promotions';
import { digestLike } from '../__testUtils__/digestLike';
import {
  ORDERS,
  releaseRecord,
  startDelivery,
} from '../__testUtils__/startDelivery';
import { DATABASE_IDS } from '../__testUtils__/databaseIds';

const databases = TestDatabases.create({ ids: DATABASE_IDS });

jest.setTimeout(120_000);

const STAGING = { service: ORDERS.entityRef, environment: 'staging' };

describe.each(databases.eachSupportedId())('a promotion on %p', id => {
  async function start() {
    return startDelivery({ knex: await databases.init(id) });
  }

  it('brings every new Release into dev by itself, and verifies it', async () => {
    const delivery = await start();
    const { id: promotion } = await delivery.toDev(1, 'a');
    expect(await delivery.get(promotion)).toMatchObject({
      kind: 'automatic',
      phase: 'succeeded',
    });
    expect(delivery.engine.deploys).toHaveLength(1);
    expect(
      await listDeployments(delivery.knex, { environment: 'dev' }),
    ).toMatchObject([{ outcome: 'verified', releaseNumber: 1 }]);
  });

  it('adopts the execution that the chart job started, and starts none', async () => {
    const delivery = await start();
    const execution = delivery.engine.add({
      parameters: { chartVersion: '3.8.1' },
      claim: 'none',
    });
    await delivery.build(releaseRecord(1, { digit: 'a' }));
    const [promotion] = await delivery.list('dev');
    expect(promotion).toMatchObject({
      phase: 'running',
      execution: { id: execution.ref.id },
    });
    expect(delivery.engine.starts).toHaveLength(0);
  });

  it('never starts an older Release over a newer one that came by itself', async () => {
    const delivery = await start();
    await delivery.build(releaseRecord(1, { digit: 'a' }));
    expect(await delivery.list('dev')).toMatchObject([{ phase: 'starting' }]);
    // What the chart job said of Release 1 got lost; Release 2 comes meanwhile.
    delivery.engine.add({
      parameters: { chartVersion: '3.8.2' },
      claim: 'none',
      deployReached: true,
    });
    await delivery.build(releaseRecord(2, { digit: 'b' }));
    await delivery.pass({ minutes: 2 });
    // Both were looked at together; by now the lane is free for certain.
    await delivery.pass({ minutes: 1 });
    expect(delivery.engine.starts).toHaveLength(0);
    const phases = (await delivery.list('dev')).map(
      ({ phase, phaseReason, releaseNumber }) => [
        releaseNumber,
        phase,
        phaseReason,
      ],
    );
    expect(phases).toContainEqual([
      1,
      'superseded',
      'Release 2 came to dev before Release 1 was started.',
    ]);
    expect(phases).toContainEqual([2, 'running', undefined]);
  });

  it('starts none while it cannot be seen whether the chart job did', async () => {
    const delivery = await start();
    const { engine } = delivery;
    const find = engine.find.bind(engine);
    let recentFails = true;
    engine.find = async key => {
      if (recentFails && key.kind === 'recent') {
        throw new Error('connection refused');
      }
      return find(key);
    };
    const execution = engine.add({
      parameters: { chartVersion: '3.8.1' },
      claim: 'none',
    });
    await delivery.build(releaseRecord(1, { digit: 'a' }));
    await delivery.pass({ minutes: 2 });
    expect(engine.starts).toHaveLength(0);
    recentFails = false;
    await delivery.pass({ seconds: 30 });
    expect((await delivery.list('dev'))[0]).toMatchObject({
      phase: 'running',
      execution: { id: execution.ref.id },
    });
    expect(engine.starts).toHaveLength(0);
  });

  it('goes into staging once it is approved, and not by who asked for it', async () => {
    const delivery = await start();
    await delivery.toDev(1, 'a');
    const promotion = await delivery.ask('ben', 1, 'staging');
    await expect(delivery.approve('ben', promotion.id)).rejects.toThrow(
      'ben asked for it',
    );
    await expect(delivery.approve('chidi', promotion.id)).rejects.toThrow(
      'anna can approve',
    );
    expect(delivery.engine.starts).toHaveLength(1);
    await delivery.approve('anna', promotion.id);
    await delivery.carryOut(promotion.id, { digit: 'a', chart: 1 });
    expect(await delivery.get(promotion.id)).toMatchObject({
      phase: 'succeeded',
      approvedBy: ['user:default/anna'],
    });
    expect(delivery.engine.starts.at(-1)?.parameters).toEqual({
      promotionId: promotion.id,
      chartVersion: '3.8.1',
      valuesBase64: Buffer.from('replicaCount: 2\n').toString('base64'),
      valuesDigest: expect.stringMatching(/^sha256:/),
      fingerprint: (await delivery.get(promotion.id)).subject,
    });
  });

  it('does not let a waiting approval hold up dev', async () => {
    const delivery = await start();
    await delivery.toDev(1, 'a');
    const waiting = await delivery.ask('ben', 1, 'staging');
    await delivery.toDev(2, 'b');
    await delivery.toDev(3, 'c');
    expect((await delivery.get(waiting.id)).phase).toBe('waiting');
    expect((await delivery.list('dev')).map(one => one.phase)).toEqual([
      'succeeded',
      'succeeded',
      'succeeded',
    ]);
  });

  it('names the earliest time while it soaks, and starts by itself after it', async () => {
    const delivery = await start();
    await delivery.toDev(1, 'a');
    await delivery.toStaging(1, 'a');
    const promotion = await delivery.ask('ben', 1, 'prod');
    await delivery.approve('anna', promotion.id);
    await delivery.approve('chidi', promotion.id);
    const waiting = await delivery.get(promotion.id);
    expect(waiting.phase).toBe('waiting');
    expect(waiting.phaseReason).toMatch(
      /^Soak: \d+ min of 30 min in staging left/,
    );
    await delivery.pass({ minutes: 31 });
    expect((await delivery.get(promotion.id)).phase).toBe('running');
  });

  it('starts the soak again after an unhealthy spell', async () => {
    const delivery = await start();
    await delivery.toDev(1, 'a');
    await delivery.toStaging(1, 'a');
    await delivery.pass({ minutes: 20 });
    await delivery.show('staging', {
      digit: 'a',
      chart: 1,
      health: 'unhealthy',
    });
    await delivery.show('staging', { digit: 'a', chart: 1 });
    const promotion = await delivery.ask('ben', 1, 'prod');
    await delivery.approve('anna', promotion.id);
    await delivery.approve('chidi', promotion.id);
    await delivery.pass({ minutes: 20 });
    expect((await delivery.get(promotion.id)).phaseReason).toContain('left');
    await delivery.pass({ minutes: 11 });
    expect((await delivery.get(promotion.id)).phase).toBe('running');
  });

  it('rolls prod back by itself when the rollout fails, and holds', async () => {
    const delivery = await start();
    await delivery.toDev(1, 'a');
    await delivery.toStaging(1, 'a');
    await delivery.toProd(1, 'a');
    await delivery.toDev(2, 'b');
    await delivery.toStaging(2, 'b');
    await delivery.pass({ minutes: 31 });
    const bad = await delivery.ask('ben', 2, 'prod');
    await delivery.approve('anna', bad.id);
    await delivery.approve('chidi', bad.id);
    const { execution } = await delivery.get(bad.id);
    await delivery.claims.claim({
      executionId: execution!.id,
      promotionId: bad.id,
    });
    await delivery.show('prod', { digit: 'b', chart: 2, health: 'unhealthy' });
    delivery.engine.fail(execution!.id, 'exceeded its progress deadline');
    await delivery.pass({ seconds: 3 });
    expect(await delivery.get(bad.id)).toMatchObject({
      phase: 'failed',
      phaseReason: 'Back-off pulling image',
      saidBy: 'Kubernetes',
      rolledBackTo: 1,
    });
    await delivery.settle();
    const rollback = (await delivery.list('prod')).at(-1)!;
    expect(rollback).toMatchObject({ kind: 'rollback', releaseNumber: 1 });
    await delivery.carryOut(rollback.id, { digit: 'a', chart: 1 });
    expect((await delivery.get(rollback.id)).phase).toBe('succeeded');
    expect(
      await findLane(delivery.knex, {
        service: ORDERS.entityRef,
        environment: 'prod',
      }),
    ).toMatchObject({ hold: { reason: expect.stringContaining('Release 2') } });
  });

  it('starts once although the answer to the start was lost', async () => {
    const delivery = await start();
    await delivery.toDev(1, 'a');
    const promotion = await delivery.ask('ben', 1, 'staging');
    delivery.engine.nextStart = 'unknown-but-started';
    await delivery.approve('anna', promotion.id);
    await delivery.pass({ seconds: 6 });
    expect(await delivery.get(promotion.id)).toMatchObject({
      phase: 'running',
      attempt: 1,
    });
    expect(delivery.engine.starts).toHaveLength(2);
  });

  it('tries once more after the quarantine, and then asks a person', async () => {
    const delivery = await start();
    await delivery.toDev(1, 'a');
    const promotion = await delivery.ask('ben', 1, 'staging');
    const begun = delivery.engine.starts.length;
    delivery.engine.nextStart = 'unknown-not-started';
    await delivery.approve('anna', promotion.id);
    await delivery.pass({ seconds: 170 });
    expect(delivery.engine.starts.length - begun).toBe(1);
    delivery.engine.nextStart = 'unknown-not-started';
    await delivery.pass({ seconds: 15 });
    expect(delivery.engine.starts.length - begun).toBe(2);
    expect((await delivery.get(promotion.id)).attempt).toBe(2);
    await delivery.pass({ seconds: 185 });
    expect((await delivery.get(promotion.id)).phase).toBe('needs-attention');
    expect(delivery.engine.starts.length - begun).toBe(2);
    await delivery.promotions.resolve(
      promotion.id,
      { resolution: 'none-exists', reason: 'Looked in Spinnaker' },
      delivery.as('chidi'),
    );
    expect((await delivery.get(promotion.id)).phase).toBe('failed');
  });

  it.each<['adopt' | 'cancel', string]>([
    ['adopt', 'running'],
    ['cancel', 'cancelled'],
  ])('lets a person %s what needs attention', async (resolution, phase) => {
    const delivery = await start();
    await delivery.toDev(1, 'a');
    const promotion = await delivery.ask('ben', 1, 'staging');
    delivery.engine.nextStart = 'unknown-not-started';
    await delivery.approve('anna', promotion.id);
    await delivery.pass({ seconds: 170 });
    delivery.engine.nextStart = 'unknown-not-started';
    await delivery.pass({ seconds: 15 });
    await delivery.pass({ seconds: 185 });
    expect((await delivery.get(promotion.id)).phase).toBe('needs-attention');
    const [begun] = delivery.engine.starts.slice(-1);
    const { ref } = delivery.engine.add({
      target: begun.target,
      correlationId: 'started by hand',
      parameters: begun.parameters,
    });
    await delivery.promotions.resolve(
      promotion.id,
      resolution === 'adopt'
        ? { resolution, executionId: ref.id, reason: 'It is ours' }
        : { resolution, reason: 'Leave it' },
      delivery.as('chidi'),
    );
    expect(await delivery.get(promotion.id)).toMatchObject({ phase });
  });

  it('ends refused starts with the reason, and frees the lane', async () => {
    const delivery = await start();
    await delivery.toDev(1, 'a');
    const promotion = await delivery.ask('ben', 1, 'staging');
    delivery.engine.nextStart = 'refuse';
    await delivery.approve('anna', promotion.id);
    expect(await delivery.get(promotion.id)).toMatchObject({
      phase: 'failed',
      phaseReason: 'The engine refused to start.',
    });
    const next = await delivery.ask('ben', 1, 'staging', { key: 'again' });
    await delivery.approve('anna', next.id);
    expect((await delivery.get(next.id)).phase).toBe('running');
  });

  it('cancels at once while it waits, and by a wish once it runs', async () => {
    const delivery = await start();
    await delivery.toDev(1, 'a');
    const waiting = await delivery.ask('ben', 1, 'staging');
    await delivery.promotions.cancel(
      waiting.id,
      { reason: 'Not today' },
      delivery.as('ben'),
    );
    expect((await delivery.get(waiting.id)).phase).toBe('cancelled');
    const running = await delivery.ask('ben', 1, 'staging', { key: 'again' });
    await delivery.approve('anna', running.id);
    await delivery.promotions.cancel(
      running.id,
      { reason: 'Oh no ${drop}' },
      delivery.as('ben'),
    );
    await delivery.pass({ seconds: 3 });
    expect((await delivery.get(running.id)).phase).toBe('running');
    expect(delivery.engine.cancels).toEqual([
      { id: expect.any(String), reason: 'cancelled in the portal' },
    ]);
    const { execution } = await delivery.get(running.id);
    delivery.engine.update(execution!.id, { state: 'cancelled' });
    await delivery.pass({ seconds: 3 });
    expect((await delivery.get(running.id)).phase).toBe('cancelled');
  });

  it('gives the same promotion for the same key, and refuses what was seen before a change', async () => {
    const delivery = await start();
    await delivery.toDev(1, 'a');
    const first = await delivery.ask('ben', 1, 'staging');
    const second = await delivery.ask('ben', 1, 'staging');
    expect(second.id).toBe(first.id);
    await expect(
      delivery.promotions.request(
        {
          service: ORDERS.entityRef,
          environment: 'staging',
          releaseId: `${ORDERS.entityRef}@1`,
          kind: 'forward',
          reason: 'It is time',
          subject: digestLike('0'),
          idempotencyKey: 'other',
        },
        delivery.as('anna'),
      ),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      currentSubject: first.subject,
    });
  });

  it('voids an approval when what runs in the environment changes', async () => {
    const delivery = await start();
    await delivery.toDev(1, 'a');
    await delivery.toStaging(1, 'a');
    await delivery.pass({ minutes: 31 });
    const promotion = await delivery.ask('ben', 1, 'prod');
    await delivery.approve('anna', promotion.id);
    await delivery.show('prod', { digit: 'f', chart: 9 });
    await delivery.approve('chidi', promotion.id);
    expect(await delivery.get(promotion.id)).toMatchObject({
      phase: 'waiting',
      phaseReason: expect.stringContaining('1 of 2 given'),
    });
  });

  it('waits with the reason while the environment cannot be seen', async () => {
    const delivery = await start();
    await delivery.toDev(1, 'a');
    const promotion = await delivery.ask('ben', 1, 'staging');
    await delivery.tell('stale');
    await delivery.approve('anna', promotion.id);
    expect(await delivery.get(promotion.id)).toMatchObject({
      phase: 'waiting',
      phaseReason: expect.stringContaining(
        'staging cannot be seen: local is unreachable',
      ),
    });
    await delivery.tell('live');
    expect((await delivery.get(promotion.id)).phase).toBe('running');
  });

  it('lets only one promotion past the gates of a lane at a time', async () => {
    const delivery = await start();
    await delivery.toDev(1, 'a');
    const first = await delivery.ask('ben', 1, 'staging');
    await delivery.approve('anna', first.id);
    await delivery.toDev(2, 'b');
    const second = await delivery.ask('ben', 2, 'staging');
    await delivery.approve('anna', second.id);
    expect((await delivery.get(first.id)).phase).toBe('running');
    expect(await delivery.get(second.id)).toMatchObject({
      phase: 'waiting',
      phaseReason: expect.stringContaining('Another promotion is on its way'),
    });
  });

  it('refuses claims of what no promotion started', async () => {
    const delivery = await start();
    await delivery.toDev(1, 'a');
    const promotion = await delivery.ask('ben', 1, 'staging');
    const foreign = delivery.engine.add({});
    await expect(
      delivery.claims.claim({ executionId: foreign.ref.id }),
    ).resolves.toMatchObject({ status: 'REFUSED' });
    const forged = delivery.engine.add({
      parameters: { promotionId: promotion.id },
    });
    await expect(
      delivery.claims.claim({
        executionId: forged.ref.id,
        promotionId: promotion.id,
      }),
    ).resolves.toMatchObject({ status: 'REFUSED' });
    await delivery.approve('anna', promotion.id);
    const { correlationId, execution, subject } = await delivery.get(
      promotion.id,
    );
    await expect(
      delivery.claims.claim({
        executionId: execution!.id,
        promotionId: promotion.id,
      }),
    ).resolves.toMatchObject({ status: 'ADMITTED' });
    const twin = delivery.engine.add({
      correlationId,
      parameters: { promotionId: promotion.id, fingerprint: subject },
    });
    await expect(
      delivery.claims.claim({
        executionId: twin.ref.id,
        promotionId: promotion.id,
      }),
    ).resolves.toMatchObject({ status: 'REFUSED' });
  });

  it('flags executions and digests that no promotion brought, and shuts the lane', async () => {
    const delivery = await start();
    await delivery.toDev(1, 'a');
    await delivery.toStaging(1, 'a');
    const bypass = delivery.engine.add({
      startedBy: { user: 'mallory', ours: false },
    });
    delivery.engine.deploy(bypass.ref.id);
    await delivery.sweep();
    await delivery.show('staging', { digit: 'e', chart: 1 });
    await delivery.pass({ seconds: 10 });
    await delivery.sweep();
    const changes = await listOutsideChanges(delivery.knex, {
      environment: 'staging',
      open: true,
    });
    expect(changes.map(change => change.key.split(':')[0]).sort()).toEqual([
      'digests',
      'execution',
    ]);
    await delivery.toDev(2, 'b');
    const promotion = await delivery.ask('ben', 2, 'staging');
    await delivery.approve('anna', promotion.id);
    expect(await delivery.get(promotion.id)).toMatchObject({
      phase: 'waiting',
      phaseReason: expect.stringContaining('staging was changed outside'),
    });
    for (const change of changes) {
      await delivery.promotions.acknowledge(
        { service: ORDERS.entityRef, environment: 'staging' },
        { id: change.id, reason: 'Mallory tried something' },
        delivery.as('chidi'),
      );
    }
    await delivery.pass({ seconds: 20 });
    expect((await delivery.get(promotion.id)).phase).toBe('running');
  });

  it('needs attention when an execution went on without its claim', async () => {
    const delivery = await start();
    await delivery.toDev(1, 'a');
    const promotion = await delivery.ask('ben', 1, 'staging');
    await delivery.approve('anna', promotion.id);
    const { execution } = await delivery.get(promotion.id);
    delivery.engine.succeed(execution!.id);
    await delivery.pass({ seconds: 3 });
    expect(await delivery.get(promotion.id)).toMatchObject({
      phase: 'needs-attention',
      phaseReason: expect.stringContaining('without being admitted'),
    });
    await delivery.sweep();
    expect(
      await listOutsideChanges(delivery.knex, { open: true }),
    ).toHaveLength(1);
  });

  it('supersedes an older request that nobody approved, and expires what nobody lets pass', async () => {
    const delivery = await start();
    await delivery.toDev(1, 'a');
    const older = await delivery.ask('ben', 1, 'staging');
    await delivery.toDev(2, 'b');
    const newer = await delivery.ask('ben', 2, 'staging');
    expect((await delivery.get(older.id)).phase).toBe('superseded');
    await delivery.pass({ hours: 25 });
    expect((await delivery.get(newer.id)).phase).toBe('expired');
  });

  it('waits for the time it was asked for, approved or not, and holds no lane meanwhile', async () => {
    const delivery = await start();
    await delivery.toDev(1, 'a');
    const at = (hours: number) =>
      new Date(delivery.clock.now().getTime() + hours * 3_600_000);
    const scheduledFor = at(30).toISOString();
    const later = await delivery.ask('ben', 1, 'staging', { scheduledFor });
    await delivery.approve('anna', later.id);
    expect(await delivery.get(later.id)).toMatchObject({
      phase: 'waiting',
      phaseReason: expect.stringContaining('It was asked for'),
      // It waits for as long as any other, from then on.
      expiresAt: at(54).toISOString(),
    });
    expect(
      await listPromotions(delivery.knex, { ...STAGING, phases: LANE_PHASES }),
    ).toEqual([]);
    // What was approved a day ago is to be approved again.
    await delivery.pass({ hours: 29 });
    expect((await delivery.get(later.id)).phase).toBe('waiting');
    await delivery.pass({ hours: 2 });
    expect(delivery.engine.starts).toHaveLength(1);
    expect((await delivery.get(later.id)).phase).toBe('waiting');
    await delivery.approve('anna', later.id);
    expect((await delivery.get(later.id)).phase).toBe('running');
  });

  it('ends as rejected with the reason', async () => {
    const delivery = await start();
    await delivery.toDev(1, 'a');
    const promotion = await delivery.ask('ben', 1, 'staging');
    await delivery.promotions.decide(
      promotion.id,
      { verdict: 'reject', subject: promotion.subject, reason: 'Not yet' },
      delivery.as('anna'),
    );
    expect(await delivery.get(promotion.id)).toMatchObject({
      phase: 'rejected',
      phaseReason: 'Not yet',
    });
  });
});
