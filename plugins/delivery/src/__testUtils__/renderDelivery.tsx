// SPDX-License-Identifier: Apache-2.0
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { signalApiRef } from '@backstage/plugin-signals-react';
import type { ReactElement } from 'react';
import { deliveryApiRef } from '../api/deliveryApiRef';
import {
  approvalsRouteRef,
  overviewRouteRef,
  promotionRouteRef,
} from '../routes';
import type { FakeDeliveryApi } from './FakeDeliveryApi';
import { FakeSignals } from './FakeSignals';

/**
 * Renders a component of delivery in an app with all routes it links to, with
 * delivery in memory.
 */
export function renderDelivery(
  element: ReactElement,
  options: {
    api: FakeDeliveryApi;
    signals?: FakeSignals;
    /** Whether the policy lets the reader do what it is asked; yes when left out. */
    may?: boolean;
    /** Who reads; a guest when left out. */
    reader?: string;
    path?: string;
    /** The pattern that `path` matches, when it has parameters. */
    mountPath?: string;
  },
) {
  const { api, signals = new FakeSignals(), path, mountPath } = options;
  const permission = mockApis.permission({
    authorize:
      options.may === false ? AuthorizeResult.DENY : AuthorizeResult.ALLOW,
  });
  const identity = mockApis.identity({ userEntityRef: options.reader });
  return renderInTestApp(
    <EntityProvider
      entity={{
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: {
          name: api.service.title,
          namespace: 'default',
          annotations: { 'jenkins.io/job-full-name': 'orders' },
        },
        spec: { type: 'service' },
      }}
    >
      {element}
    </EntityProvider>,
    {
      apis: [
        [deliveryApiRef, api],
        [signalApiRef, signals],
        permission,
        identity,
      ],
      initialRouteEntries: path ? [path] : undefined,
      mountPath,
      mountedRoutes: {
        '/catalog/:namespace/:kind/:name': entityRouteRef,
        '/delivery': overviewRouteRef,
        '/delivery/approvals': approvalsRouteRef,
        '/delivery/promotions/:id': promotionRouteRef,
      },
    },
  );
}
