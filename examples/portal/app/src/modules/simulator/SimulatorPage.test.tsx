// SPDX-License-Identifier: Apache-2.0
import {
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  type SimulatorApi,
  simulatorApiRef,
  type SimulatorCommand,
} from './SimulatorClient';
import { SimulatorPage } from './SimulatorPage';
import type { Condition, SimulatorState, Vendor } from './stateSchema';

function vendor(
  name: Vendor['name'],
  condition: Vendor['condition'] = 'normal',
): Vendor {
  const conditions: Condition[] = ['normal', 'slow', 'down'];
  return { name, url: 'http://localhost:7081', condition, conditions };
}

const STATE: SimulatorState = {
  now: '2026-03-02T10:00:00.000Z',
  offsetMs: 90 * 60_000,
  vendors: [
    vendor('github'),
    vendor('gitlab'),
    { name: 'gitea', conditions: [] },
    vendor('azure'),
    vendor('jenkins'),
    { name: 'spinnaker', conditions: [] },
    vendor('kubernetes'),
    vendor('charts', 'down'),
  ],
  services: [
    {
      name: 'orders',
      artifactRepository: 'northwind/orders',
      chartRepository: 'northwind/orders-chart',
      environments: ['dev', 'staging'],
    },
  ],
  jenkins: { jobs: [], baseImages: [] },
  spinnaker: { fault: 'none', pipelines: [], executions: [] },
  workloads: [],
  journal: [
    {
      at: '2026-03-02T09:59:00.000Z',
      where: 'github',
      text: 'visitor pushed main of northwind/orders',
    },
  ],
};

class FakeSimulator implements SimulatorApi {
  readonly commands: SimulatorCommand[] = [];
  failure: Error | undefined;

  async getState(): Promise<SimulatorState> {
    if (this.failure) {
      throw this.failure;
    }
    return STATE;
  }

  async run(command: SimulatorCommand): Promise<string> {
    this.commands.push(command);
    return 'Done';
  }
}

describe('SimulatorPage', () => {
  const show = (simulator: FakeSimulator) =>
    renderInTestApp(
      <TestApiProvider apis={[[simulatorApiRef, simulator]]}>
        <SimulatorPage />
      </TestApiProvider>,
    );

  it('shows how the vendors are and what happened', async () => {
    show(new FakeSimulator());
    expect(
      await screen.findByText('1 h 30 min ahead of this machine'),
    ).toBeInTheDocument();
    const charts = screen.getByRole('region', { name: 'Chart repository' });
    expect(within(charts).getAllByText('Unreachable')).not.toHaveLength(0);
    const spinnaker = screen.getByRole('region', { name: 'Spinnaker' });
    expect(within(spinnaker).getByText('Not simulated here')).toBeVisible();
    expect(screen.getByRole('region', { name: 'Azure DevOps' })).toBeVisible();
    expect(screen.queryByRole('region', { name: 'Gitea' })).toBeNull();
    expect(
      screen.getByText('visitor pushed main of northwind/orders'),
    ).toBeInTheDocument();
  });

  it('gives the commands that a visitor chooses', async () => {
    const simulator = new FakeSimulator();
    show(simulator);
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: 'Push' }));
    await user.click(screen.getByRole('button', { name: '+ 30 minutes' }));
    await user.click(
      screen.getByRole('button', { name: 'Fail the next rollout' }),
    );
    await waitFor(() => expect(simulator.commands).toHaveLength(3));
    expect(await screen.findAllByText('Done')).not.toHaveLength(0);
    expect(simulator.commands).toEqual([
      {
        type: 'push-source',
        service: 'orders',
        message: 'Improve the greeting',
      },
      { type: 'move-clock', minutes: 30 },
      { type: 'fail-next-rollout', service: 'orders', environment: 'dev' },
    ]);
  });

  it('says so when there is no simulator', async () => {
    const simulator = new FakeSimulator();
    simulator.failure = new Error('nobody is there');
    show(simulator);
    expect(await screen.findByText(/nobody is there/)).toBeInTheDocument();
  });
});
