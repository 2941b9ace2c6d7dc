// SPDX-License-Identifier: Apache-2.0
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeDeliveryApi } from '../../__testUtils__/FakeDeliveryApi';
import { renderDelivery } from '../../__testUtils__/renderDelivery';
import { LogsDialog } from './LogsDialog';

describe('LogsDialog', () => {
  it('shows the pod that fails first, and another one when it is chosen', async () => {
    await renderDelivery(
      <LogsDialog
        service="component:default/orders"
        environment="prod"
        onClose={() => {}}
      />,
      { api: new FakeDeliveryApi() },
    );
    expect(await screen.findByLabelText('Log of orders-1')).toHaveTextContent(
      'Log of prod',
    );
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Pod' }),
      'orders-2',
    );
    expect(await screen.findByLabelText('Log of orders-2')).toBeVisible();
  });
});
