// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeDeliveryApi } from '../../__testUtils__/FakeDeliveryApi';
import {
  manyOverviews,
  overviewRow,
  overviews,
} from '../../__testUtils__/overviews';
import { renderDelivery } from '../../__testUtils__/renderDelivery';
import { OverviewPage } from './OverviewPage';

describe('OverviewPage', () => {
  it('expands a row to its path, with the keyboard too', async () => {
    const user = userEvent.setup();
    renderDelivery(<OverviewPage />, { api: new FakeDeliveryApi() });
    const arrow = await screen.findByRole('button', { name: 'Path of orders' });
    expect(arrow).toHaveAttribute('aria-expanded', 'false');
    arrow.focus();
    await user.keyboard('{Enter}');
    expect(arrow).toHaveAttribute('aria-expanded', 'true');
    const path = within(
      screen.getByRole('list', { name: 'Promotion path of orders' }),
    );
    expect(path.getAllByRole('listitem')).toHaveLength(4);
    expect(path.getByText('Needs attention')).toBeInTheDocument();
    expect(
      screen.getByRole('link', {
        name: 'Release 42 to production-us: needs attention',
      }),
    ).toBeInTheDocument();
    await user.keyboard('{Enter}');
    expect(
      screen.queryByRole('list', { name: 'Promotion path of orders' }),
    ).not.toBeInTheDocument();
  });

  it('counts states among what the other filters leave', async () => {
    const user = userEvent.setup();
    const api = new FakeDeliveryApi();
    api.services = overviews.map(each =>
      each.title === 'tax' ? { ...each, system: 'finance' } : each,
    );
    renderDelivery(<OverviewPage />, { api });
    expect(
      await screen.findByRole('button', { name: /^1 ?In flight/ }),
    ).toBeInTheDocument();
    await user.selectOptions(
      screen.getByRole('combobox', { name: 'System' }),
      'finance',
    );
    expect(
      screen.getByRole('button', { name: /^0 ?In flight/ }),
    ).toBeInTheDocument();
    expect(
      screen.getByText('1 of 6 services, worst first'),
    ).toBeInTheDocument();
  });

  it('does not call a service the same everywhere that was never delivered', async () => {
    const api = new FakeDeliveryApi();
    api.services = [
      overviewRow('new', 'same', [
        [undefined, 'missing'],
        [undefined, 'missing'],
      ]),
    ];
    renderDelivery(<OverviewPage />, { api });
    expect(
      await screen.findByText('Nothing delivered yet'),
    ).toBeInTheDocument();
    expect(screen.queryByText('Same everywhere')).not.toBeInTheDocument();
  });

  it('draws only the rows in view of a thousand, and says how many there are', async () => {
    // nothing has a height in a browser without layout
    const heights = [
      jest.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(600),
      jest
        .spyOn(HTMLElement.prototype, 'offsetHeight', 'get')
        .mockReturnValue(33),
    ];
    try {
      const api = new FakeDeliveryApi();
      api.services = manyOverviews(1_000);
      renderDelivery(<OverviewPage />, { api });
      const table = await screen.findByRole('table');
      expect(table).toHaveAttribute('aria-rowcount', '1001');
      await waitFor(() => {
        const drawn = within(table).getAllByRole('row').length;
        expect(drawn).toBeGreaterThan(15);
        expect(drawn).toBeLessThan(60);
      });
    } finally {
      heights.forEach(each => each.mockRestore());
    }
  });
});
