// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Portal, TestService } from './harness';

const THIEF = `
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: thief
  annotations:
    jenkins.io/job-full-name: parcels
    spinnaker.io/application-name: parcels
    backstage.io/kubernetes-id: parcels
spec:
  type: service
  lifecycle: production
  owner: group:default/platform
  dependsOn: [resource:default/parcels-chart]
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: malformed
  annotations:
    jenkins.io/job-full-name: 'http://jenkins.example.com/job/../x'
    spinnaker.io/application-name: 'a b'
spec:
  type: service
  lifecycle: production
  owner: group:default/team-orders
`;

const refusalSchema = z.looseObject({
  error: z.looseObject({ name: z.string(), message: z.string() }),
});

describe('what delivery refuses', () => {
  let portal: Portal;
  let service: TestService;

  beforeAll(async () => {
    portal = await Portal.start({ catalog: THIEF });
    service = await TestService.create(portal, 'parcels');
  }, 240_000);

  afterAll(async () => {
    await portal?.dispose();
  });

  it('gives an entity nothing of a service whose names it only claims', async () => {
    const thief = new TestService(portal, 'thief');
    const mine = await service.read();

    const seen = await thief.until(
      'the thief to be looked at',
      ({ findings }) => findings.some(finding => finding.state === 'refused'),
    );
    const refused = seen.findings.filter(each => each.state === 'refused');
    expect(refused.length).toBeGreaterThanOrEqual(3);
    for (const finding of refused) {
      expect(finding.detail).toMatch(/parcels/);
    }
    expect(seen.newest).toBeUndefined();
    for (const environment of seen.environments) {
      expect(environment.release).toBeUndefined();
      expect(environment.workloads).toEqual([]);
    }
    const releases = await portal
      .as('chidi')
      .delivery.listReleases(thief.ref, {});
    expect(releases.items).toEqual([]);
    const before = (await portal.world()).spinnaker.executions.length;
    const answer = await send('chidi', {
      service: thief.ref,
      environment: 'staging',
      releaseId: mine.newest?.id,
      reason: 'It is mine now',
    });
    expect([400, 404, 409]).toContain(answer.status);
    expect((await portal.world()).spinnaker.executions).toHaveLength(before);
  });

  it('does not know an entity that is not there', async () => {
    const path = '/api/delivery/v1/services/component/default/nobody';
    const answer = await portal.as('ben').send('GET', path);

    expect(answer.status).toBe(404);
    expect(refusalSchema.parse(answer.body).error.name).toBe('NotFoundError');
  });

  it('says which annotation is malformed', async () => {
    const malformed = new TestService(portal, 'malformed');
    const { setup, findings } = await malformed.until(
      'the findings',
      each => each.findings.length > 0,
    );

    expect(setup).toBe('incomplete');
    expect(findings.map(finding => finding.detail).join('\n')).toMatch(
      /jenkins\.io\/job-full-name/,
    );
  });

  it('names the path of what is wrong in a body', async () => {
    const answer = await send('ben', {
      service: service.ref,
      environment: 'Staging!',
      releaseId: 'x',
      reason: '',
    });

    expect(answer.status).toBe(400);
    const { message } = refusalSchema.parse(answer.body).error;
    expect(message).toMatch(/environment/);
    expect(message).toMatch(/reason/);
  });

  it('refuses what somebody saw too long ago, and says what is there now', async () => {
    const { doors } = await service.read();
    const door = doors.find(each => each.to === 'staging');
    const answer = await send('ben', {
      service: service.ref,
      environment: 'staging',
      releaseId: door?.candidate?.id,
      subject: `sha256:${'0'.repeat(64)}`,
      reason: 'I saw it yesterday',
    });

    expect(answer.status).toBe(409);
    expect(JSON.stringify(answer.body)).toContain(door?.subject);
    expect(await openPromotions()).toHaveLength(0);
  });

  it('asks once when the button was pressed twice', async () => {
    const { doors } = await service.read();
    const door = doors.find(each => each.to === 'staging');
    const key = randomUUID();
    const body = {
      service: service.ref,
      environment: 'staging',
      releaseId: door?.candidate?.id,
      subject: door?.subject,
      reason: 'Once, please',
    };
    const [first, second] = await Promise.all([
      send('ben', body, key),
      send('ben', body, key),
    ]);

    const idSchema = z.object({ id: z.string() });
    expect(idSchema.parse(second.body).id).toBe(idSchema.parse(first.body).id);
    expect(await openPromotions()).toHaveLength(1);
  });

  it('does not start with a wrong key in its configuration, and names it', async () => {
    const wrong = await Portal.prepare({
      replace: [['onFailure: rollback', 'onFailures: rollback']],
    });

    await expect(wrong.start()).rejects.toThrow(/did not start/);
    const log = readFileSync(join(wrong.logs, 'portal.log'), 'utf8');
    expect(log).toMatch(/onFailures/);
    await wrong.dispose();
  });

  function send(user: string, body: unknown, key: string = randomUUID()) {
    return portal.as(user).send('POST', '/api/delivery/v1/promotions', {
      headers: { 'Idempotency-Key': key },
      body,
    });
  }

  async function openPromotions() {
    return (await service.read()).promotions.filter(
      promotion => promotion.environment === 'staging',
    );
  }
});
