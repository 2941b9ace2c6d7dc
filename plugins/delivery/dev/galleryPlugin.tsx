// SPDX-License-Identifier: Apache-2.0
import { Content, Header, Page } from '@backstage/core-components';
import {
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { useParams } from 'react-router-dom';
import { DeployTab } from '../src/components/DeployTab/DeployTab';

function GalleryPage() {
  const { kind = '', namespace = '', name = '' } = useParams();
  return (
    <EntityProvider
      entity={{
        apiVersion: 'backstage.io/v1alpha1',
        kind,
        metadata: {
          name,
          namespace,
          annotations: { 'jenkins.io/job-full-name': 'orders' },
        },
        spec: { type: 'service' },
      }}
    >
      <Page themeId="service">
        <Header title={name} type={`${kind} — service`} />
        <Content>
          <DeployTab />
        </Content>
      </Page>
    </EntityProvider>
  );
}

/** The Deploy tab in the state the address names, without a catalog. */
export const galleryPlugin = createFrontendPlugin({
  pluginId: 'gallery',
  routes: { entity: entityRouteRef },
  extensions: [
    PageBlueprint.make({
      params: {
        path: '/catalog/:namespace/:kind/:name',
        routeRef: entityRouteRef,
        noHeader: true,
        loader: async () => <GalleryPage />,
      },
    }),
  ],
});
