// SPDX-License-Identifier: Apache-2.0
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { deliveryApiRef } from '../src';
import { FakeDeliveryApi } from '../src/__testUtils__/FakeDeliveryApi';
import { approvalRequest } from '../src/__testUtils__/requests';
import { STATES } from './STATES';

function createGalleryApi() {
  const asked = new URLSearchParams(window.location.search).get('state');
  const state = Object.entries(STATES).find(([name]) => name === asked)?.[1];
  const api = new FakeDeliveryApi(state ?? STATES.normal);
  api.approvals.waiting = [
    approvalRequest(),
    approvalRequest({
      id: '01JD3W8Q6Z0000000000000400',
      title: 'billing',
      mayApprove: {
        allowed: false,
        reason: 'Your approval does not count: you wrote 1 of the 2 commits.',
      },
    }),
  ];
  return api;
}

/** Delivery in memory, in the state the address names. */
export const galleryApi = createFrontendModule({
  pluginId: 'delivery',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: deliveryApiRef,
          deps: {},
          factory: createGalleryApi,
        }),
    }),
  ],
});
