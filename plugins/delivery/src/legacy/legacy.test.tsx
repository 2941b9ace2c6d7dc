// SPDX-License-Identifier: Apache-2.0
import { FlatRoutes } from '@backstage/core-app-api';
import { identityApiRef } from '@backstage/core-plugin-api';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import {
  ScaffolderFieldExtensions,
  useCustomFieldExtensions,
} from '@backstage/plugin-scaffolder-react';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { Route } from 'react-router-dom';
import { FakeDeliveryApi } from '../__testUtils__/FakeDeliveryApi';
import {
  deliveryApiRef,
  deliveryPlugin,
  DeliveryApprovalsPage,
  DeliveryOverviewPage,
  DeliveryPromotionPage,
  EntityDeliveryContent,
  SourceHostPickerFieldExtension,
} from '.';

const ORDERS = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'orders' },
  spec: { type: 'service' },
};

describe('delivery in an app on the old frontend system', () => {
  const at = (path: string) => {
    const api = new FakeDeliveryApi();
    return renderInTestApp(
      <TestApiProvider
        apis={[
          [deliveryApiRef, api],
          [identityApiRef, mockApis.identity()],
          [permissionApiRef, mockApis.permission()],
        ]}
      >
        <FlatRoutes>
          <Route path="/delivery" element={<DeliveryOverviewPage />} />
          <Route
            path="/delivery/approvals"
            element={<DeliveryApprovalsPage />}
          />
          <Route
            path="/delivery/promotions/:id"
            element={<DeliveryPromotionPage />}
          />
          <Route
            path="/deploy"
            element={
              <EntityProvider entity={ORDERS}>
                <EntityDeliveryContent />
              </EntityProvider>
            }
          />
        </FlatRoutes>
      </TestApiProvider>,
      {
        routeEntries: [path],
        mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      },
    );
  };

  it.each([
    ['/delivery', 'heading', 'Delivery'],
    ['/delivery/approvals', 'heading', 'Approvals'],
    ['/delivery/promotions/p-1', 'heading', /Promotion|Release/],
    ['/deploy', 'list', 'Promotion path'],
  ])('shows %s', async (path, role, name) => {
    await at(path);
    const found = await screen.findAllByRole(role, { name });
    expect(found[0]).toBeInTheDocument();
  });

  it('brings its own client', () => {
    const [factory] = deliveryPlugin.getApis();
    expect(factory.api.id).toBe(deliveryApiRef.id);
  });

  it('gives the field that offers source hosts to the form of a template', async () => {
    function Fields() {
      const fields = useCustomFieldExtensions(
        <ScaffolderFieldExtensions>
          <SourceHostPickerFieldExtension />
        </ScaffolderFieldExtensions>,
      );
      return <p>{fields.map(({ name }) => name).join()}</p>;
    }
    await renderInTestApp(<Fields />);
    expect(screen.getByText('SourceHostPicker')).toBeInTheDocument();
  });
});
