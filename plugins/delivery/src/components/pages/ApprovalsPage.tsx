// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { styled } from '@mui/material/styles';
import { useCallback } from 'react';
import { deliveryApiRef } from '../../api/deliveryApiRef';
import { useDeliveryHint } from '../../hooks/useDeliveryHint';
import { useRefreshed } from '../../hooks/useRefreshed';
import { useViewClock } from '../../hooks/useViewClock';
import { useQueryParameter } from '../../navigation/useQueryParameter';
import { deliveryTranslationRef } from '../../translations';
import { dueSoonest } from '../../view/dueSoonest';
import { Freshness } from '../Freshness';
import { ListState } from '../ListState';
import { Subtle } from '../Subtle';
import { Tabs } from '../Tabs';
import { ApprovalCard } from './ApprovalCard';
import { DeliveryPage } from './DeliveryPage';

const VIEWS = ['waiting', 'asked', 'decided'] as const;

const TEXTS = {
  waiting: {
    order: 'approvals.soonestFirst',
    empty: 'approvals.nothingWaiting',
  },
  asked: { order: 'approvals.soonestFirst', empty: 'approvals.nothingAsked' },
  decided: {
    order: 'approvals.newestFirst',
    empty: 'approvals.nothingDecided',
  },
} as const;

const ID = 'delivery-approvals';

const HeadRow = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '4px 16px',
  margin: '12px 0',
  '& h2': { fontSize: 18, lineHeight: '24px', margin: 0 },
});

/** What waits for the reader's decision, with the evidence beside it. */
export function ApprovalsPage() {
  const api = useApi(deliveryApiRef);
  const load = useCallback(
    async (signal: AbortSignal) => {
      const [waiting, asked, decided] = await Promise.all(
        VIEWS.map(view => api.listApprovals({ view }, { signal })),
      );
      return {
        waiting: dueSoonest(waiting?.items ?? []),
        asked: dueSoonest(asked?.items ?? []),
        decided: decided?.items ?? [],
      };
    },
    [api],
  );
  const { value, receivedAt, error, refresh } = useRefreshed(load);
  useDeliveryHint(undefined, refresh);
  const clock = useViewClock({ receivedAt });
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [chosen, choose] = useQueryParameter('view');
  const view = VIEWS.find(each => each === chosen) ?? 'waiting';
  return (
    <DeliveryPage
      title={t('approvals.title')}
      subtitle={t('approvals.subtitle')}
      tabs={
        <Tabs
          label={t('approvals.title')}
          controls={ID}
          value={view}
          tabs={VIEWS.map(each => ({
            value: each,
            label: value
              ? `${t(`approvals.${each}`)} ${value[each].length}`
              : t(`approvals.${each}`),
          }))}
          onChange={next => choose(next === 'waiting' ? undefined : next)}
        />
      }
    >
      <div id={ID} role="tabpanel" aria-labelledby={`${ID}-${view}`}>
        <HeadRow>
          <h2>{t(`approvals.${view}`)}</h2>
          <Subtle style={{ fontSize: 12 }}>{t(TEXTS[view].order)}</Subtle>
          <Freshness entries={[]} onRefresh={refresh} />
        </HeadRow>
        <ListState
          items={value?.[view]}
          error={error}
          what="The approvals"
          empty={t(TEXTS[view].empty)}
          onRetry={refresh}
        >
          {requests =>
            requests.map(request => (
              <ApprovalCard
                key={request.id}
                request={request}
                clock={clock}
                onDone={refresh}
              />
            ))
          }
        </ListState>
      </div>
    </DeliveryPage>
  );
}
