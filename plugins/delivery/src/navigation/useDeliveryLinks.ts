// SPDX-License-Identifier: Apache-2.0
import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  entityRouteParams,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { useMemo } from 'react';
import {
  approvalsRouteRef,
  overviewRouteRef,
  promotionRouteRef,
} from '../routes';

/** Where the pages of delivery and of the catalog are in this portal. */
export function useDeliveryLinks() {
  const overview = useRouteRef(overviewRouteRef);
  const approvals = useRouteRef(approvalsRouteRef);
  const promotion = useRouteRef(promotionRouteRef);
  const entity = useRouteRef(entityRouteRef);
  return useMemo(
    () => ({
      overview: () => overview(),
      approvals: () => approvals(),
      promotion: (id: string) => promotion({ id }),
      entity: (ref: string) => entity(entityRouteParams(parseEntityRef(ref))),
      deployTab: (service: string, environment?: string) => {
        const base = entity(entityRouteParams(parseEntityRef(service)));
        return environment
          ? `${base}/deploy?environment=${encodeURIComponent(environment)}`
          : `${base}/deploy`;
      },
    }),
    [overview, approvals, promotion, entity],
  );
}
