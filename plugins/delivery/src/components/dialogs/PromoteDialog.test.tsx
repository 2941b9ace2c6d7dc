// SPDX-License-Identifier: Apache-2.0
import { ConflictError } from '@backstage/errors';
import { hintChannel } from 'backstage-plugin-delivery-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { decision, PASSING, verdict } from '../../__testUtils__/decisions';
import * as deliveries from '../../__testUtils__/deliveries';
import { FakeDeliveryApi } from '../../__testUtils__/FakeDeliveryApi';
import { FakeSignals } from '../../__testUtils__/FakeSignals';
import { digest } from '../../__testUtils__/ids';
import { releaseSummary } from '../../__testUtils__/releases';
import { renderDelivery } from '../../__testUtils__/renderDelivery';
import { DeployTab } from '../DeployTab/DeployTab';

const HINTS = hintChannel('component:default/orders');

async function open(api: FakeDeliveryApi, name: string) {
  const user = userEvent.setup();
  const signals = new FakeSignals();
  renderDelivery(<DeployTab />, { api, signals });
  await user.click(await screen.findByRole('button', { name }));
  const dialog = within(await screen.findByRole('dialog'));
  return { user, dialog, signals };
}

describe('PromoteDialog', () => {
  it('shows what is promoted and asks for it once, even when clicked twice', async () => {
    const api = new FakeDeliveryApi();
    const { user, dialog } = await open(api, 'Promote to staging');
    const title = dialog.getByRole('heading', {
      name: 'Promote release 44 to staging',
    });
    expect(title).toHaveFocus();
    expect(await dialog.findByText(/batchSize: 200/)).toBeInTheDocument();
    expect(dialog.getByText('Release 42 becomes 44')).toBeInTheDocument();
    expect(await dialog.findByText('410 of 410')).toBeInTheDocument();
    const promote = dialog.getByRole('button', {
      name: 'Promote release 44 to staging',
    });
    expect(promote).toHaveAttribute('aria-disabled', 'true');
    await user.type(dialog.getByLabelText(/Reason/), 'Refunds are ready');
    await user.type(dialog.getByLabelText(/Ticket/), 'ORD-512');
    await user.dblClick(promote);
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    const asked = api.calls.filter(call => call.act === 'promote');
    expect(asked).toHaveLength(1);
    expect(asked[0]?.body).toMatchObject({
      service: 'component:default/orders',
      environment: 'staging',
      releaseId: 'release-44',
      subject: digest('544'),
      reason: 'Refunds are ready',
      ticket: 'ORD-512',
      idempotencyKey: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it('requests approval where only people are missing', async () => {
    const { user, dialog } = await open(
      new FakeDeliveryApi(),
      'Promote to production-eu',
    );
    await user.type(dialog.getByLabelText(/Reason/), 'Invoices');
    expect(
      dialog.getByRole('button', { name: 'Request approval' }),
    ).toHaveAccessibleDescription(/^Needs 2 approvals\./);
  });

  it('sends the same key again after a lost answer, another for another reason', async () => {
    const api = new FakeDeliveryApi();
    api.writeFailure = new TypeError('Failed to fetch');
    const { user, dialog } = await open(api, 'Promote to staging');
    await user.type(dialog.getByLabelText(/Reason/), 'One');
    const promote = dialog.getByRole('button', {
      name: 'Promote release 44 to staging',
    });
    await user.click(promote);
    expect(
      await dialog.findByText('Delivery does not answer'),
    ).toBeInTheDocument();
    await user.click(promote);
    await user.type(dialog.getByLabelText(/Reason/), ' more');
    await user.click(promote);
    await waitFor(() => expect(api.calls).toHaveLength(3));
    const keys = api.calls.map(
      call =>
        JSON.stringify(call.body).match(/"idempotencyKey":"([0-9a-f]+)"/)?.[1],
    );
    expect(keys[0]).toBe(keys[1]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  it('says that a newer release arrived, swaps nothing, and keeps the old one when asked to', async () => {
    const api = new FakeDeliveryApi(
      deliveries.delivery({
        doors: [
          {
            ...deliveries.normal.doors[1]!,
            decision: decision(PASSING),
            slots: [],
          },
        ],
      }),
    );
    const { user, dialog, signals } = await open(
      api,
      'Promote to production-eu',
    );
    await user.type(dialog.getByLabelText(/Reason/), 'Invoices');
    const [door] = api.service.doors;
    api.service = {
      ...api.service,
      doors: [
        { ...door!, candidate: releaseSummary(43), subject: digest('543') },
      ],
    };
    act(() => signals.publish(HINTS, {}));
    expect(await dialog.findByRole('alert')).toHaveTextContent(
      'Release 43 arrived while you were reading',
    );
    const promote = dialog.getByRole('button', {
      name: 'Promote release 42 to production-eu',
    });
    expect(promote).toHaveAttribute('aria-disabled', 'true');
    expect(promote).toHaveAccessibleDescription(
      'Choose first: review release 43, or keep release 42.',
    );
    await user.click(dialog.getByRole('button', { name: 'Keep release 42' }));
    await waitFor(() => expect(promote).not.toHaveAttribute('aria-disabled'));
    await user.click(promote);
    await waitFor(() =>
      expect(api.calls.at(-1)?.body).toMatchObject({
        releaseId: 'release-42',
        subject: digest('99'),
      }),
    );
  });

  it('wants the diff read again when the server refuses an old fingerprint', async () => {
    const api = new FakeDeliveryApi();
    api.writeFailure = new ConflictError('What runs in staging changed.');
    const { user, dialog } = await open(api, 'Promote to staging');
    await user.type(dialog.getByLabelText(/Reason/), 'Refunds');
    const promote = dialog.getByRole('button', {
      name: 'Promote release 44 to staging',
    });
    await user.click(promote);
    expect(await dialog.findByRole('alert')).toHaveTextContent(
      /staging changed while you were reading.*What runs in staging changed\./,
    );
    expect(promote).toHaveAttribute('aria-disabled', 'true');
    api.writeFailure = undefined;
    api.service = deliveries.delivery({
      doors: api.service.doors.map(door => ({
        ...door,
        subject: digest('99'),
      })),
    });
    await user.click(
      dialog.getByRole('button', { name: 'Read the changes again' }),
    );
    await waitFor(() =>
      expect(dialog.queryByRole('alert')).not.toBeInTheDocument(),
    );
  });

  it('can ask for what a gate still blocks, to start by itself', async () => {
    const api = new FakeDeliveryApi(deliveries.simpleLine);
    const { user, dialog } = await open(api, 'Promote when possible…');
    await user.type(dialog.getByLabelText(/Reason/), 'Tonight');
    expect(
      dialog.getByRole('button', {
        name: 'Promote release 44 to production when possible',
      }),
    ).not.toHaveAttribute('aria-disabled');
  });

  it('asks before it throws away what was typed', async () => {
    const { user, dialog } = await open(
      new FakeDeliveryApi(),
      'Promote to staging',
    );
    await user.type(dialog.getByLabelText(/Reason/), 'Half a rea');
    await user.keyboard('{Escape}');
    expect(await dialog.findByRole('alert')).toHaveTextContent(
      'Close and lose what you wrote?',
    );
    await user.click(dialog.getByRole('button', { name: 'Go on writing' }));
    expect(dialog.getByLabelText(/Reason/)).toHaveValue('Half a rea');
    await user.keyboard('{Escape}');
    await user.click(
      await dialog.findByRole('button', { name: 'Close without it' }),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(
      screen.getByRole('button', { name: 'Promote to staging' }),
    ).toHaveFocus();
  });
});

describe('RollBackDialog', () => {
  it('goes back to a chosen release with a reason', async () => {
    const api = new FakeDeliveryApi();
    api.preview = {
      decision: decision([
        verdict({
          gate: 'knownGood',
          title: 'Verified here before',
          reason: 'Mon 16:38',
        }),
      ]),
      subject: digest('77'),
      acceptable: true,
    };
    const { user, dialog } = await open(api, 'Roll back…');
    expect(
      dialog.getByRole('heading', { name: 'Roll back staging' }),
    ).toHaveFocus();
    expect(await dialog.findByText('1 of 1 pass')).toBeInTheDocument();
    expect(dialog.getAllByText('Dropped').length).toBeGreaterThan(0);
    expect(dialog.getByText('Database:')).toBeInTheDocument();
    await user.click(dialog.getByLabelText(/Release 40/));
    const back = await dialog.findByRole('button', {
      name: 'Roll back staging to release 40',
    });
    await user.type(dialog.getByLabelText(/Reason/), 'Refunds fail');
    await waitFor(() => expect(back).not.toHaveAttribute('aria-disabled'));
    await user.click(back);
    await waitFor(() =>
      expect(api.calls.at(-1)).toMatchObject({
        act: 'promote',
        body: {
          kind: 'rollback',
          releaseId: 'release-40',
          subject: digest('77'),
          reason: 'Refunds fail',
        },
      }),
    );
  });
});
