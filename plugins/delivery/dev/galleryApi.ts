// SPDX-License-Identifier: Apache-2.0
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { deliveryApiRef } from '../src';
import { FakeDeliveryApi } from '../src/__testUtils__/FakeDeliveryApi';
import { override } from '../src/__testUtils__/brokenGlass';
import { manyOverviews } from '../src/__testUtils__/overviews';
import {
  approvalRequest,
  promotionDetail,
} from '../src/__testUtils__/requests';
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
  api.promotion = promotionDetail(
    {},
    {
      phase: 'waiting',
      decision: STATES['broken-glass'].promotions[0]?.decision,
      overrides: [override()],
      mayOverride: { allowed: true },
    },
  );
  if (asked === 'thousand') {
    api.services = manyOverviews(1_000);
  }
  api.releases = api.releases.map((each, index) =>
    index === 2
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
