// SPDX-License-Identifier: Apache-2.0
import { HeaderLabel } from '@backstage/core-components';
import { useApi, useRouteRefParams } from '@backstage/core-plugin-api';
import Skeleton from '@mui/material/Skeleton';
import {
  isFinal,
  type PromotionDetail,
} from 'backstage-plugin-delivery-common';
import { useCallback } from 'react';
import { deliveryApiRef } from '../../api/deliveryApiRef';
import { useDeliveryHint } from '../../hooks/useDeliveryHint';
import { useRefreshed } from '../../hooks/useRefreshed';
import { useViewClock } from '../../hooks/useViewClock';
import { useDeliveryLinks } from '../../navigation/useDeliveryLinks';
import { promotionRouteRef } from '../../routes';
import { personName } from '../../view/personName';
import { ErrorNotice } from '../ErrorNotice';
import { DeliveryPage } from './DeliveryPage';
import { PromotionContent } from './PromotionContent';

const MOVING = 5_000;
const ENDED = 120_000;

/** One Promotion: its phases, its verdicts and its record. */
export function PromotionPage() {
  const { id } = useRouteRefParams(promotionRouteRef);
  const api = useApi(deliveryApiRef);
  const links = useDeliveryLinks();
  const load = useCallback(
    (signal: AbortSignal) => api.getPromotion(id, { signal }),
    [api, id],
  );
  const { value, receivedAt, error, refresh } = useRefreshed(load, pace);
  useDeliveryHint(value?.service, refresh);
  const clock = useViewClock({ receivedAt });
  return (
    <DeliveryPage
      title={value ? `Promotion ${value.number}` : 'Promotion'}
      subtitle={
        value &&
        `${personName(value.service)} · Release ${value.releaseNumber} to ${
          value.environment
        }`
      }
      header={
        value && (
          <>
            <HeaderLabel
              label="Service"
              value={personName(value.service)}
              url={links.deployTab(value.service, value.environment)}
            />
            {value.requestedBy && (
              <HeaderLabel
                label="Asked by"
                value={personName(value.requestedBy)}
                url={links.entity(value.requestedBy)}
              />
            )}
          </>
        )
      }
    >
      {error && (
        <div style={{ marginBottom: 12 }}>
          <ErrorNotice
            error={error}
            title={
              value
                ? 'What you see may be old'
                : 'The promotion could not be loaded'
            }
            onRetry={refresh}
          />
        </div>
      )}
      {!value && !error && <Skeleton height={240} />}
      {value && (
        <PromotionContent promotion={value} clock={clock} refresh={refresh} />
      )}
    </DeliveryPage>
  );
}

function pace(promotion: PromotionDetail | undefined): number {
  return promotion && isFinal(promotion.phase) ? ENDED : MOVING;
}
