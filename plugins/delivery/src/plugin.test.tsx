// SPDX-License-Identifier: Apache-2.0
import {
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  createExtensionTester,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { screen } from '@testing-library/react';
import { deliveryApiRef } from './api/deliveryApiRef';
import plugin from './plugin';
import { FakeDeliveryApi } from './__testUtils__/FakeDeliveryApi';
import { isDeliveryAvailable } from './legacy';

// the page of an entity, which ours link to
const catalog = createFrontendPlugin({
  pluginId: 'catalog',
  extensions: [
    PageBlueprint.make({
      params: {
        path: '/catalog/:namespace/:kind/:name',
        routeRef: entityRouteRef,
        loader: async () => <div />,
      },
    }),
  ],
});

const service = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'orders' },
  spec: { type: 'service' },
};

describe('delivery plugin', () => {
  it('offers the tab for services, set up or not, and for nothing else', () => {
    const tab = createExtensionTester(
      plugin.getExtension('entity-content:delivery/deploy'),
    );
    expect(tab.get(EntityContentBlueprint.dataRefs.title)).toBe('Deploy');
    expect(tab.get(EntityContentBlueprint.dataRefs.group)).toBe('deployment');
    const filter = tab.get(EntityContentBlueprint.dataRefs.filterFunction);
    const library = { ...service, spec: { type: 'library' } };
    const system = { ...service, kind: 'System' };
    expect([service, library, system].map(each => filter?.(each))).toEqual([
      true,
      false,
      false,
    ]);
    expect([service, library, system].map(isDeliveryAvailable)).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('serves its pages in an app', async () => {
    renderTestApp({
      features: [plugin, catalog],
      initialRouteEntries: ['/delivery/approvals'],
      apis: [[deliveryApiRef, new FakeDeliveryApi()]],
    });
    expect(
      await screen.findByRole('heading', { name: 'Approvals', level: 1 }),
    ).toBeInTheDocument();
  });
});
