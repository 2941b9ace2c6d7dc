// SPDX-License-Identifier: Apache-2.0
import { ConflictError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeDeliveryApi } from '../../__testUtils__/FakeDeliveryApi';
import { digest } from '../../__testUtils__/ids';
import { renderDelivery } from '../../__testUtils__/renderDelivery';
import { approvalRequest, promotionDetail } from '../../__testUtils__/requests';
import { ApprovalsPage } from './ApprovalsPage';
import { OverviewPage } from './OverviewPage';
import { PromotionPage } from './PromotionPage';

describe('ApprovalsPage', () => {
  it('approves what was seen', async () => {
    const user = userEvent.setup();
    const api = new FakeDeliveryApi();
    renderDelivery(<ApprovalsPage />, { api });
    expect(
      await screen.findByRole('tab', { name: 'Waiting for you 1' }),
    ).toHaveAttribute('aria-selected', 'true');
    const card = within(
      screen.getByRole('article', { name: /Release 42 to production-eu/ }),
    );
    expect(card.getByText('410 of 410')).toBeInTheDocument();
    expect(
      card.getByText(/“Tax split for Monday’s invoices.” ORD-498/),
    ).toBeInTheDocument();
    await user.click(card.getByRole('button', { name: 'Approve release 42' }));
    await waitFor(() =>
      expect(api.calls).toEqual([
        {
          act: 'decide',
          subject: approvalRequest().id,
          body: { verdict: 'approve', subject: digest('542') },
        },
      ]),
    );
  });

  it('rejects with a reason, in place', async () => {
    const user = userEvent.setup();
    const api = new FakeDeliveryApi();
    renderDelivery(<ApprovalsPage />, { api });
    await user.click(await screen.findByRole('button', { name: 'Reject…' }));
    const reject = screen.getByRole('button', { name: 'Reject release 42' });
    expect(reject).toHaveAttribute('aria-disabled', 'true');
    await user.type(
      screen.getByLabelText(/Why do you reject/),
      'Please wait for 21.0.11.',
    );
    await user.click(reject);
    await waitFor(() =>
      expect(api.calls[0]?.body).toEqual({
        verdict: 'reject',
        subject: digest('542'),
        reason: 'Please wait for 21.0.11.',
      }),
    );
  });

  it('explains an approval that does not count', async () => {
    const user = userEvent.setup();
    const api = new FakeDeliveryApi();
    api.approvals = {
      waiting: [],
      asked: [
        approvalRequest({
          waitsForMe: false,
          mayApprove: {
            allowed: false,
            reason: 'Your approval does not count: you asked for it.',
          },
        }),
      ],
      decided: [],
    };
    renderDelivery(<ApprovalsPage />, { api, path: '/?view=asked' });
    const approve = await screen.findByRole('button', {
      name: 'Approve release 42',
    });
    expect(approve).toHaveAccessibleDescription(
      'Your approval does not count: you asked for it. chidi, dana, lee or mina can approve.',
    );
    expect(
      screen.queryByRole('button', { name: 'Reject…' }),
    ).not.toBeInTheDocument();
    await user.click(approve);
    expect(api.calls).toEqual([]);
  });

  it('says when what was approved is not what is there', async () => {
    const user = userEvent.setup();
    const api = new FakeDeliveryApi();
    api.writeFailure = new ConflictError('The values of the release changed.');
    renderDelivery(<ApprovalsPage />, { api });
    await user.click(
      await screen.findByRole('button', { name: 'Approve release 42' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /What you saw is not what is there now; it was loaded again.*The values of the release changed\./,
    );
  });

  it('withdraws an approval that the reader gave', async () => {
    const user = userEvent.setup();
    const api = new FakeDeliveryApi();
    const waiting = approvalRequest({
      approvals: [
        {
          id: '01JD3W8Q6Z0000000000000007',
          promotionId: approvalRequest().id,
          by: 'user:default/chidi',
          verdict: 'approve',
          subject: approvalRequest().subject,
          at: approvalRequest().createdAt,
        },
      ],
    });
    api.approvals.waiting = [waiting];
    renderDelivery(<ApprovalsPage />, { api, reader: 'user:default/chidi' });
    await user.click(
      await screen.findByRole('button', { name: 'Withdraw approval…' }),
    );
    expect(
      screen.queryByRole('button', { name: 'Approve release 42' }),
    ).not.toBeInTheDocument();
    const dialog = within(await screen.findByRole('dialog'));
    await user.click(
      dialog.getByRole('button', { name: 'Withdraw my approval' }),
    );
    await waitFor(() =>
      expect(api.calls).toEqual([
        { act: 'decide', subject: waiting.id, body: { verdict: 'withdraw' } },
      ]),
    );
  });

  it('says that nothing waits', async () => {
    const api = new FakeDeliveryApi();
    api.approvals.waiting = [];
    renderDelivery(<ApprovalsPage />, { api });
    expect(
      await screen.findByText('Nothing waits for your decision.'),
    ).toBeInTheDocument();
  });
});

describe('PromotionPage', () => {
  const mountPath = '/delivery-test/:id';

  it('shows the phases, the verdicts and the record', async () => {
    const api = new FakeDeliveryApi();
    renderDelivery(<PromotionPage />, {
      api,
      mountPath,
      path: `/delivery-test/${api.promotion.id}`,
    });
    expect(
      await screen.findByRole('heading', { name: 'Promotion 322' }),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Waited 17 h 42 min, ran 19 min'),
    ).toBeInTheDocument();
    const record = within(screen.getByRole('list', { name: 'Record' }));
    expect(record.getAllByRole('listitem')).toHaveLength(6);
    expect(record.getByText('record 1 · a1c09e40')).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Cancel promotion…' }),
    ).not.toBeInTheDocument();
  });

  it('cancels with a reason while it goes on', async () => {
    const user = userEvent.setup();
    const api = new FakeDeliveryApi();
    api.promotion = promotionDetail({}, { phase: 'running' });
    renderDelivery(<PromotionPage />, {
      api,
      mountPath,
      path: `/delivery-test/${api.promotion.id}`,
    });
    await user.click(
      await screen.findByRole('button', { name: 'Cancel promotion…' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await user.type(dialog.getByLabelText(/Reason/), 'Wrong release');
    await user.click(
      dialog.getByRole('button', { name: 'Cancel promotion 322' }),
    );
    await waitFor(() =>
      expect(api.calls).toEqual([
        {
          act: 'cancel',
          subject: api.promotion.id,
          body: { reason: 'Wrong release' },
        },
      ]),
    );
  });

  it('says when there is no such promotion', async () => {
    renderDelivery(<PromotionPage />, {
      api: new FakeDeliveryApi(),
      mountPath,
      path: '/delivery-test/nothing',
    });
    expect(
      await screen.findByText('The promotion could not be loaded'),
    ).toBeInTheDocument();
  });
});

describe('OverviewPage', () => {
  it('lists the services, worst first, and filters by state and name', async () => {
    const user = userEvent.setup();
    renderDelivery(<OverviewPage />, { api: new FakeDeliveryApi() });
    const names = () =>
      screen
        .getAllByRole('row')
        .slice(1)
        .map(row => within(row).getAllByRole('link')[0]?.textContent);
    expect(
      await screen.findByText('6 of 6 services, worst first'),
    ).toBeInTheDocument();
    expect(names()).toEqual([
      'orders',
      'checkout',
      'catalog-api',
      'basket',
      'search',
      'tax',
    ]);
    await user.click(screen.getByRole('button', { name: /In flight/ }));
    expect(names()).toEqual(['basket']);
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    await user.type(screen.getByRole('searchbox'), 'tax');
    expect(names()).toEqual(['tax']);
    expect(
      screen.getByRole('link', { name: 'tax' }).getAttribute('href'),
    ).toContain('/catalog/default/component/tax/deploy');
  });

  it('says when nothing can be read', async () => {
    const api = new FakeDeliveryApi();
    api.readFailure = new TypeError('Failed to fetch');
    renderDelivery(<OverviewPage />, { api });
    expect(
      await screen.findByText('The services could not be loaded'),
    ).toBeInTheDocument();
  });
});
