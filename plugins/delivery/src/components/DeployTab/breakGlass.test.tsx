// SPDX-License-Identifier: Apache-2.0
import { ConflictError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  brokenGlass,
  override,
  wasBroken,
} from '../../__testUtils__/brokenGlass';
import { FakeDeliveryApi } from '../../__testUtils__/FakeDeliveryApi';
import { releases } from '../../__testUtils__/releases';
import { renderDelivery } from '../../__testUtils__/renderDelivery';
import { DeployTab } from './DeployTab';

const EU = '/?environment=production-eu';

function writes(api: FakeDeliveryApi) {
  return api.calls.filter(({ act }) => act !== 'preview');
}

describe('break glass on the Deploy tab', () => {
  it('overrides only the gates that were chosen, with a reason, a ticket and a review', async () => {
    const user = userEvent.setup();
    const api = new FakeDeliveryApi(brokenGlass());
    renderDelivery(<DeployTab />, { api, path: EU });
    await user.click(await screen.findByText('Override a gate (break glass)'));
    await user.click(screen.getByRole('button', { name: 'Override a gate…' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(
      dialog.getAllByRole('checkbox').map(each => each.closest('label')),
    ).toHaveLength(2);
    expect(
      dialog.getByText(/never to be overridden: Same image as staging\./),
    ).toBeInTheDocument();
    expect(
      dialog.getByRole('button', { name: 'Override' }),
    ).toHaveAccessibleDescription('Choose at least one gate to go on.');
    await user.click(dialog.getByRole('checkbox', { name: /Soak/ }));
    const act = dialog.getByRole('button', { name: 'Override “Soak”' });
    expect(act).toHaveAccessibleDescription('Write a reason to go on.');
    await user.type(dialog.getByLabelText(/Reason/), 'Customers cannot pay');
    await user.type(dialog.getByLabelText(/Ticket/), 'OPS-78');
    await user.click(dialog.getByRole('radio', { name: '1 day' }));
    await user.click(act);
    await waitFor(() =>
      expect(writes(api)).toEqual([
        {
          act: 'override',
          subject: api.service.promotions[0]?.id,
          body: {
            gates: ['soak'],
            subject: api.service.promotions[0]?.subject,
            reason: 'Customers cannot pay',
            ticket: 'OPS-78',
            reviewWithin: 24,
          },
        },
      ]),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
  });

  it('keeps what was written when the server refuses', async () => {
    const user = userEvent.setup();
    const api = new FakeDeliveryApi(brokenGlass());
    renderDelivery(<DeployTab />, { api, path: EU });
    await user.click(await screen.findByText('Override a gate (break glass)'));
    await user.click(screen.getByRole('button', { name: 'Override a gate…' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.click(dialog.getByRole('checkbox', { name: /Soak/ }));
    await user.type(dialog.getByLabelText(/Reason/), 'Customers cannot pay');
    api.writeFailure = new ConflictError('The values of the release changed.');
    await user.click(dialog.getByRole('button', { name: 'Override “Soak”' }));
    expect(
      await dialog.findByText(/The values of the release changed\./),
    ).toBeInTheDocument();
    expect(dialog.getByLabelText(/Reason/)).toHaveValue('Customers cannot pay');
  });

  it('says who let which gates pass long after the promotion ended', async () => {
    const api = new FakeDeliveryApi(wasBroken(override()));
    renderDelivery(<DeployTab />, {
      api,
      path: EU,
      reader: 'user:default/lee',
    });
    const runs = within(
      await screen.findByRole('region', { name: 'What runs' }),
    );
    expect(runs.getByText('chidi let ticket pass')).toBeInTheDocument();
    expect(
      runs.getByText(/“The ticket system is down\.” OPS-77/),
    ).toBeInTheDocument();
    expect(screen.getByText('Overridden by chidi')).toBeInTheDocument();
    expect(
      runs.getByRole('button', { name: 'Close review…' }),
    ).toBeInTheDocument();
  });

  it('lets somebody else close the review, and not the one who overrode', async () => {
    const user = userEvent.setup();
    const api = new FakeDeliveryApi(brokenGlass());
    const { unmount } = renderDelivery(<DeployTab />, {
      api,
      path: EU,
      reader: 'user:default/chidi',
    });
    await waitFor(() =>
      expect(
        screen.getByRole('button', { name: 'Close review…' }),
      ).toHaveAccessibleDescription(
        'You overrode it; somebody else must close the review.',
      ),
    );
    unmount();
    renderDelivery(<DeployTab />, {
      api,
      path: EU,
      reader: 'user:default/lee',
    });
    const close = await screen.findByRole('button', { name: 'Close review…' });
    await waitFor(() => expect(close).not.toHaveAttribute('aria-disabled'));
    await user.click(close);
    const dialog = within(await screen.findByRole('dialog'));
    await user.type(dialog.getByLabelText(/Reason/), 'It was right');
    await user.click(dialog.getByRole('button', { name: 'Close the review' }));
    await waitFor(() =>
      expect(writes(api)).toEqual([
        {
          act: 'review',
          subject: override().id,
          body: { note: 'It was right' },
        },
      ]),
    );
  });
});

describe('holds and marks on the Deploy tab', () => {
  it('pins an environment, and lifts the hold of another', async () => {
    const user = userEvent.setup();
    const api = new FakeDeliveryApi(brokenGlass());
    renderDelivery(<DeployTab />, { api, path: EU });
    const hold = await screen.findByRole('button', {
      name: 'Hold promotions…',
    });
    await waitFor(() => expect(hold).not.toHaveAttribute('aria-disabled'));
    await user.click(hold);
    const dialog = within(await screen.findByRole('dialog'));
    await user.click(
      dialog.getByRole('radio', { name: /What enters by itself/ }),
    );
    await user.type(dialog.getByLabelText(/Reason/), 'Fair in Hamburg');
    await user.click(
      dialog.getByRole('button', { name: 'Hold promotions to production-eu' }),
    );
    await waitFor(() =>
      expect(writes(api)).toEqual([
        {
          act: 'hold',
          subject: 'production-eu',
          body: { scope: 'automatic', reason: 'Fair in Hamburg' },
        },
      ]),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    await user.click(screen.getByRole('button', { name: 'production-us' }));
    expect(
      screen.getByRole('button', { name: 'Lift hold…' }),
    ).toBeInTheDocument();
  });

  it('explains the hold to those who may not', async () => {
    renderDelivery(<DeployTab />, {
      api: new FakeDeliveryApi(brokenGlass()),
      path: '/?environment=staging',
      may: false,
    });
    expect(
      await screen.findByRole('button', { name: 'Hold promotions…' }),
    ).toHaveAccessibleDescription('You may not hold promotions to staging.');
  });

  it('marks a release as bad, and takes it back', async () => {
    const user = userEvent.setup();
    const api = new FakeDeliveryApi(brokenGlass());
    api.releases = releases.map(each =>
      each.number === 41
        ? {
            ...each,
            markedBad: {
              by: 'user:default/anna',
              at: each.builtAt,
              reason: 'Loses orders',
            },
          }
        : each,
    );
    renderDelivery(<DeployTab />, { api });
    expect(await screen.findByText(/by anna: Loses orders/)).toBeVisible();
    const mark = async (release: number, item: string, act: string) => {
      await user.click(
        screen.getByRole('button', { name: `More about Release ${release}` }),
      );
      await user.click(await screen.findByRole('menuitem', { name: item }));
      const dialog = within(await screen.findByRole('dialog'));
      await user.type(dialog.getByLabelText(/Reason/), 'Seen');
      await user.click(dialog.getByRole('button', { name: act }));
      await waitFor(() =>
        expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
      );
    };
    await mark(42, 'Mark as bad…', 'Mark release 42 as bad');
    await mark(41, 'Take back the mark…', 'Take back the mark');
    expect(writes(api)).toEqual([
      { act: 'mark', subject: '42', body: { mark: 'bad', reason: 'Seen' } },
      { act: 'mark', subject: '41', body: { mark: 'none', reason: 'Seen' } },
    ]);
  });
});
