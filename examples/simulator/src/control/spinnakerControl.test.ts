// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AdjustableClock } from '../clock';
import { readSimulatorConfig } from '../config';
import { RunningSimulator, startSimulator } from '../startSimulator';
import { until } from '../testing/until';
import type { CommandInput } from './commandSchema';

jest.setTimeout(30_000);

const wait = (place: { refId: string; requisiteStageRefIds: string[] }) => ({
  ...place,
  type: 'wait',
  name: 'Wait',
  waitTime: 3_600,
});

describe('the control of the simulated Spinnaker', () => {
  let stop: AbortController;
  let directory: string;
  let simulator: RunningSimulator;

  const gate = (path: string, body: object) =>
    fetch(`${simulator.urls.spinnaker}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'simulator-'));
    stop = new AbortController();
    simulator = await startSimulator({
      config: readSimulatorConfig({
        dataDir: directory,
        vendors: ['charts', 'spinnaker'],
        charts: { port: 0 },
        spinnaker: { port: 0 },
      }),
      clock: new AdjustableClock(),
      signal: stop.signal,
      log: () => {},
    });
    await gate('/pipelines', {
      application: 'orders',
      name: 'Rest',
      triggers: [],
      stages: [
        wait({ refId: '1', requisiteStageRefIds: [] }),
        wait({ refId: '2', requisiteStageRefIds: ['1'] }),
      ],
    });
  });

  afterEach(async () => {
    stop.abort();
    await simulator.stopped;
    await rm(directory, { recursive: true, force: true });
  });

  const run = (command: CommandInput) => simulator.control.run(command);
  const spinnaker = async () => (await simulator.control.state()).spinnaker;
  const start = () => gate('/pipelines/orders/Rest', { type: 'manual' });

  it('meets a start with each fault, as often as asked', async () => {
    await run({
      type: 'set-gate-fault',
      fault: 'error-before-accepting',
      times: 1,
    });
    expect((await start()).status).toBe(500);
    expect((await spinnaker()).executions).toHaveLength(0);

    await run({ type: 'set-gate-fault', fault: 'error-after-accepting' });
    expect((await spinnaker()).fault).toBe('error-after-accepting');
    expect((await start()).status).toBe(500);
    expect((await spinnaker()).executions).toHaveLength(1);

    await run({ type: 'set-gate-fault', fault: 'lose-response' });
    await expect(start()).rejects.toThrow('fetch failed');
    expect((await spinnaker()).executions).toHaveLength(2);

    await run({ type: 'set-gate-fault', fault: 'none' });
    expect((await start()).status).toBe(202);
    expect((await spinnaker()).executions).toHaveLength(3);
  });

  it('skips, patches and restarts a stage by hand', async () => {
    await run({
      type: 'start-pipeline',
      application: 'orders',
      pipeline: 'Rest',
    });
    const statuses = async () => {
      const [execution] = (await spinnaker()).executions;
      return execution?.stages.map(({ status }) => status).join();
    };
    await until(async () => (await statuses()) === 'RUNNING,NOT_STARTED');
    const [{ id: executionId }] = (await spinnaker()).executions;

    await run({ type: 'skip-stage', executionId, stage: '2' });
    await run({
      type: 'patch-stage',
      executionId,
      stage: '1',
      context: { skipRemainingWait: true },
    });
    await until(async () => (await statuses()) === 'SUCCEEDED,SKIPPED');
    await expect(
      run({ type: 'skip-stage', executionId, stage: '1' }),
    ).rejects.toThrow('it is SUCCEEDED');

    await run({ type: 'restart-stage', executionId, stage: '1' });
    const seen = await fetch(
      `${simulator.urls.spinnaker}/pipelines/${executionId}`,
    );
    const { stages } = await seen.json();
    expect(stages[0].context).toHaveProperty('restartDetails');
    await expect(
      run({ type: 'restart-stage', executionId, stage: 'Bake' }),
    ).rejects.toThrow("has no stage 'Bake'; it has 'Wait', 'Wait'");
  });
});
