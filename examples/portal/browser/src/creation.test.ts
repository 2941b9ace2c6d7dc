// SPDX-License-Identifier: Apache-2.0
import { Portal, TestService, until } from './harness';

const SERVICE = 'parcels';

describe('a creation whose portal is killed again and again', () => {
  let portal: Portal;
  let service: TestService;

  beforeAll(async () => {
    portal = await Portal.start({ vendorsApart: true });
    service = new TestService(portal, SERVICE);
  }, 240_000);

  afterAll(async () => {
    await portal?.dispose();
  });

  it('goes on where it was, makes nothing twice and ends in dev', async () => {
    const task = await service.startCreation();
    for (const sentence of [
      /Creating northwind\/parcels on/,
      /Creating northwind\/parcels-chart on/,
      /Beginning step Create the Spinnaker/,
      /Registered .*\/parcels\/blob/,
      /Beginning step Create the Jenkins/,
    ]) {
      await untilSaid(task, sentence);
      await portal.kill();
      await portal.start();
    }
    await service.untilCreated(task);
    // A catalog that was killed while it read a location reads it again minutes later.
    await service.until('the catalog to know it', () => true, 300_000);
    await service.untilVerified('dev');

    const { services, jenkins, spinnaker } = await portal.world();
    expect(services.map(one => one.name)).toEqual([SERVICE]);
    expect(jenkins.jobs.map(one => one.name).sort()).toEqual([
      `${SERVICE}/chart`,
      `${SERVICE}/image`,
    ]);
    expect(spinnaker.pipelines.map(one => one.name).sort()).toEqual([
      'Deploy to dev',
      'Deploy to prod',
      'Deploy to staging',
    ]);
  }, 900_000);

  async function untilSaid(task: string, sentence: RegExp) {
    await until(
      async () => (await service.saidBy(task)).some(one => sentence.test(one)),
      { what: `the task to say ${sentence}`, every: 20 },
    );
  }
});
