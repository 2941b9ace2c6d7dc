// SPDX-License-Identifier: Apache-2.0
import { Portal, TestService, until } from './harness';

const MINUTES_OF_SOAK = 31;

describe('a service whose chart travels with each start', () => {
  let portal: Portal;
  let service: TestService;
  let otherChart: string;

  beforeAll(async () => {
    portal = await Portal.start();
    service = await TestService.create(portal, 'parcels', {
      chartHandover: 'embedded',
    });
    otherChart = await chartOf(
      await TestService.create(portal, 'letters', {
        chartHandover: 'embedded',
      }),
    );
  }, 240_000);

  afterAll(async () => {
    await portal?.dispose();
  });

  it('goes from its creation to production without a chart repository', async () => {
    const { phase } = await service.promote('staging', ['anna']);
    expect(phase).toBe('succeeded');
    await portal.control({ type: 'move-clock', minutes: MINUTES_OF_SOAK });
    await service.promote('prod', ['anna', 'chidi']);
    expect(await service.untilVerified('prod')).toBe(
      await service.untilVerified('dev'),
    );

    const { items } = await releases();
    expect(items[0].chart.repository).toBe('');
    const index = await fetch(
      `http://localhost:${portal.ports.charts}/index.yaml`,
    );
    expect(await index.text()).not.toContain(service.name);
  });

  it('is refused by the claim when somebody starts it with another chart', async () => {
    const refused = await startByHand('staging');
    expect(refused.status).toBe('TERMINAL');
    expect(refused.stages.map(({ status }) => status)).toEqual([
      'TERMINAL',
      'NOT_STARTED',
      'NOT_STARTED',
    ]);
  });

  it('is shown as changed outside when another chart comes into dev under a known version', async () => {
    expect((await startByHand('dev')).status).toBe('SUCCEEDED');
    await service.until('dev to be changed outside', ({ environments }) =>
      environments.some(
        ({ changedOutside, name }) =>
          name === 'dev' &&
          changedOutside?.reason.includes(
            'deployed to dev what is not a Release: it was given another chart than that of Release',
          ),
      ),
    );
  });

  /** Starts it as last time, but with the chart of another service, and waits for its end. */
  async function startByHand(environment: string) {
    const { executions } = (await portal.world()).spinnaker;
    const known = new Set(executions.map(({ id }) => id));
    await portal.control({
      type: 'start-pipeline',
      application: service.name,
      pipeline: `Deploy to ${environment}`,
      parameters: { chartBase64: otherChart },
    });
    return until(
      async () => {
        const all = (await portal.world()).spinnaker.executions;
        return all.find(
          ({ id, status }) =>
            !known.has(id) && !['NOT_STARTED', 'RUNNING'].includes(status),
        );
      },
      { what: 'the execution to end', within: 90_000 },
    );
  }

  async function releases() {
    return portal.as('ben').delivery.listReleases(service.ref, {});
  }

  /** The package that Jenkins has of the newest Release of a service, base64. */
  async function chartOf(other: TestService): Promise<string> {
    const { items } = await portal
      .as('ben')
      .delivery.listReleases(other.ref, {});
    const { build, chart } = items[0];
    const response = await fetch(
      `http://localhost:${portal.ports.jenkins}/job/${other.name}/job/chart/${build.number}/artifact/build/${chart.name}-${chart.version}.tgz`,
    );
    return Buffer.from(await response.arrayBuffer()).toString('base64');
  }
});
