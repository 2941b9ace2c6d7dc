// SPDX-License-Identifier: Apache-2.0
import { screen, within } from '@testing-library/react';
import { crashing } from '../../__testUtils__/deliveries';
import { FakeDeliveryApi } from '../../__testUtils__/FakeDeliveryApi';
import { renderDelivery } from '../../__testUtils__/renderDelivery';
import { DeployTab } from './DeployTab';

describe('what crashes, on the Deploy tab', () => {
  it('is told on its tile in one breath, and whole in the panel', async () => {
    renderDelivery(<DeployTab />, {
      api: new FakeDeliveryApi(crashing),
      path: '/?environment=production-eu',
    });
    const path = within(
      await screen.findByRole('list', { name: 'Promotion path' }),
    );
    expect(path.getAllByText('restarted 14 times')).toHaveLength(1);
    const said = path.getByText(/^BackOff: Back-off restarting/);
    expect(said).toHaveAttribute('title', said.textContent);
    expect(path.getByText(/^Said by Kubernetes/)).toHaveTextContent(
      'Said by Kubernetes 2 min ago',
    );
    const panel = within(
      screen.getByRole('complementary', { name: 'production-eu, details' }),
    );
    expect(panel.getByText(/^Unhealthy \(31 times\)/)).toBeInTheDocument();
    expect(panel.getByText('HelmRelease orders, revision 7,')).toBeVisible();
    expect(panel.getByText('failed')).toBeVisible();
  });
});
