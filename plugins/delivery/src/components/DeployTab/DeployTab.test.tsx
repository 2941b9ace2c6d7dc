// SPDX-License-Identifier: Apache-2.0
import { NotAllowedError } from '@backstage/errors';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { hintChannel } from 'backstage-plugin-delivery-common';
import * as deliveries from '../../__testUtils__/deliveries';
import { FakeDeliveryApi } from '../../__testUtils__/FakeDeliveryApi';
import { FakeSignals } from '../../__testUtils__/FakeSignals';
import { renderDelivery } from '../../__testUtils__/renderDelivery';
import { DeployTab } from './DeployTab';

function panel() {
  return within(screen.getByRole('complementary'));
}

describe('DeployTab', () => {
  it('shows the path, each environment as a button, and the panel', async () => {
    renderDelivery(<DeployTab />, { api: new FakeDeliveryApi() });
    const path = await screen.findByRole('list', { name: 'Promotion path' });
    expect(
      within(path)
        .getAllByRole('button', { pressed: false })
        .map(each => each.textContent),
    ).toEqual(['dev', 'production-eu', 'production-us']);
    expect(
      within(path).getByRole('button', { name: 'staging', pressed: true }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('heading', { name: 'Nothing in flight' }),
    ).toBeInTheDocument();
    const headings = panel()
      .getAllByRole('heading', { level: 3 })
      .map(each => each.textContent);
    expect(headings).toEqual([
      'What runs',
      'What ships from dev',
      'Gates into staging',
      'Approvals',
      'Links',
      'Actions',
    ]);
  });

  it('selects a tile, keeps it in the address, and moves with the arrow keys', async () => {
    const user = userEvent.setup();
    renderDelivery(<DeployTab />, {
      api: new FakeDeliveryApi(),
      path: '/?environment=production-us',
    });
    const chosen = await screen.findByRole('button', { name: 'production-us' });
    expect(chosen).toHaveAttribute('aria-pressed', 'true');
    chosen.focus();
    await user.keyboard('{ArrowUp}');
    expect(screen.getByRole('button', { name: 'production-eu' })).toHaveFocus();
    expect(chosen).toHaveAttribute('aria-pressed', 'true');
    await user.keyboard('{Enter}');
    expect(
      screen.getByRole('button', { name: 'production-eu' }),
    ).toHaveAttribute('aria-pressed', 'true');
    expect(
      panel().getByRole('heading', { name: 'production-eu' }),
    ).toBeInTheDocument();
  });

  it.each([
    [
      'a reader',
      deliveries.noPermission,
      'Promote to staging',
      'You may not promote to staging. Members of team-orders may.',
    ],
    [
      'a gate',
      deliveries.simpleLine,
      'Promote to production',
      'Earliest today 17:10. Soak of 6 h.',
    ],
    [
      'an outage',
      deliveries.sourceOutage,
      'Promote to production-eu',
      'production-eu not seen since 09:41. Possible again when its cluster answers.',
    ],
  ])(
    'explains the promote button that %s blocks, and does nothing when pressed',
    async (_, state, name, reason) => {
      const user = userEvent.setup();
      renderDelivery(<DeployTab />, { api: new FakeDeliveryApi(state) });
      const button = await screen.findByRole('button', { name });
      expect(button).toHaveAttribute('aria-disabled', 'true');
      expect(button).toBeEnabled();
      expect(button).toHaveAccessibleDescription(reason);
      await user.click(button);
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    },
  );

  it('shows what is in flight with its steps and its progress', async () => {
    renderDelivery(<DeployTab />, {
      api: new FakeDeliveryApi(deliveries.inFlight),
    });
    expect(
      await screen.findByRole('heading', {
        name: 'Release 44 to staging: running',
      }),
    ).toBeInTheDocument();
    expect(screen.getByRole('progressbar')).toHaveAttribute(
      'aria-valuenow',
      '2',
    );
    const steps = screen.getByRole('list', { name: 'Phases of the promotion' });
    expect(
      within(steps)
        .getAllByRole('listitem')
        .find(step => step.getAttribute('aria-current') === 'step'),
    ).toHaveTextContent('running');
    expect(
      panel().getByRole('button', { name: 'Roll back…' }),
    ).toHaveAccessibleDescription(
      'Possible when promotion 317 has ended. Cancel it to go back sooner.',
    );
  });

  it('announces a failure and quotes the controller', async () => {
    renderDelivery(<DeployTab />, {
      api: new FakeDeliveryApi(deliveries.failed),
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Release 42 to production-eu: failed, rolled back to Release 41',
    );
    expect(
      screen.getByText(/exceeded its progress deadline \(600s\)/),
    ).toBeInTheDocument();
    expect(screen.getByText('Said by Kubernetes.')).toBeInTheDocument();
  });

  it('keeps the last known state when a cluster does not answer', async () => {
    renderDelivery(<DeployTab />, {
      api: new FakeDeliveryApi(deliveries.sourceOutage),
    });
    expect(
      await screen.findByRole('heading', { name: 'What ran at 09:41' }),
    ).toBeInTheDocument();
    expect(
      screen.getAllByText('production-eu 09:41, unreachable').length,
    ).toBeGreaterThan(0);
    expect(panel().getByText('Release 41')).toBeInTheDocument();
  });

  it('says what is missing on first use, and marks the lines to add', async () => {
    renderDelivery(<DeployTab />, {
      api: new FakeDeliveryApi(deliveries.firstUse),
    });
    expect(
      await screen.findByRole('heading', {
        name: 'This service is not on a promotion path yet',
      }),
    ).toBeInTheDocument();
    expect(
      screen.getByText('2 found, 2 missing, 1 unknown'),
    ).toBeInTheDocument();
    const file = within(
      screen.getByRole('region', { name: 'Add to catalog-info.yaml' }),
    );
    expect(
      file.getByText(/\+ spinnaker.io\/application-name: orders/),
    ).toBeInTheDocument();
  });

  it('shows a refused binding with its reason', async () => {
    renderDelivery(<DeployTab />, {
      api: new FakeDeliveryApi(
        deliveries.delivery({
          findings: [
            {
              id: 'spinnaker',
              title: 'Spinnaker application',
              state: 'refused',
              detail: 'payments belongs to component:default/payments',
            },
          ],
        }),
      ),
    });
    expect(
      await screen.findByText(
        /Spinnaker application, refused: payments belongs to/,
      ),
    ).toBeInTheDocument();
  });

  it('looks again when a hint about this service comes', async () => {
    const api = new FakeDeliveryApi();
    const signals = new FakeSignals();
    renderDelivery(<DeployTab />, { api, signals });
    await screen.findByRole('heading', { name: 'Nothing in flight' });
    const before = api.reads;
    act(() => signals.publish(hintChannel('component:default/other'), {}));
    expect(api.reads).toBe(before);
    api.service = deliveries.inFlight;
    act(() => signals.publish(hintChannel('component:default/orders'), {}));
    expect(
      await screen.findByRole('heading', {
        name: 'Release 44 to staging: running',
      }),
    ).toBeInTheDocument();
  });

  it('keeps what it has when it cannot look again, and says why', async () => {
    const user = userEvent.setup();
    const api = new FakeDeliveryApi();
    renderDelivery(<DeployTab />, { api });
    await screen.findByRole('heading', { name: 'Nothing in flight' });
    api.readFailure = new TypeError('Failed to fetch');
    await user.click(screen.getByRole('button', { name: 'Refresh' }));
    expect(
      await screen.findByText(/Delivery does not answer: Failed to fetch/),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('heading', { name: 'Nothing in flight' }),
    ).toBeInTheDocument();
  });

  it('explains when the reader may not read', async () => {
    const api = new FakeDeliveryApi();
    api.readFailure = new NotAllowedError('You may not read orders');
    renderDelivery(<DeployTab />, { api });
    expect(
      await screen.findByText('Where orders is could not be loaded'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/You may not do this: You may not read orders/),
    ).toBeInTheDocument();
  });

  it('switches between releases, history and builds', async () => {
    const user = userEvent.setup();
    renderDelivery(<DeployTab />, { api: new FakeDeliveryApi() });
    expect(
      await screen.findByRole('columnheader', { name: 'production-us' }),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('tab', { name: 'History' }));
    expect(
      await screen.findByText('“Checked the tax split with finance.”'),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('tab', { name: 'Builds' }));
    expect(await screen.findByText('#1188')).toBeInTheDocument();
  });

  it('resolves a lost promotion with the execution a person found', async () => {
    const user = userEvent.setup();
    const api = new FakeDeliveryApi(deliveries.needsAttention);
    renderDelivery(<DeployTab />, { api });
    await user.click(
      await screen.findByRole('button', { name: 'It did start…' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await user.type(dialog.getByLabelText(/Spinnaker execution/), '01EXEC');
    await user.type(dialog.getByLabelText(/Reason/), 'Seen in Spinnaker');
    await user.click(
      dialog.getByRole('button', { name: 'Follow this execution' }),
    );
    await waitFor(() =>
      expect(api.calls).toContainEqual({
        act: 'resolve',
        subject: deliveries.needsAttention.promotions[0]?.id,
        body: {
          resolution: 'adopt',
          executionId: '01EXEC',
          reason: 'Seen in Spinnaker',
        },
      }),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
  });

  it('accepts a change from outside with a reason', async () => {
    const user = userEvent.setup();
    const api = new FakeDeliveryApi(deliveries.simpleLine);
    renderDelivery(<DeployTab />, { api });
    await user.click(
      await screen.findByRole('button', { name: 'Accept for now…' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    const accept = dialog.getByRole('button', { name: 'Accept for now' });
    expect(accept).toHaveAccessibleDescription('Write a reason to go on.');
    await user.type(dialog.getByLabelText(/Reason/), 'Hotfix by lee');
    await user.click(accept);
    await waitFor(() =>
      expect(api.calls).toContainEqual({
        act: 'acknowledge',
        subject: 'production',
        body: {
          id: deliveries.simpleLine.environments[2]?.changedOutside?.id,
          reason: 'Hotfix by lee',
        },
      }),
    );
  });
});
