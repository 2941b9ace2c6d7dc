// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/core-plugin-api';
import { styled } from '@mui/material/styles';
import { useCallback } from 'react';
import { deliveryApiRef } from '../../api/deliveryApiRef';
import { useDeliveryHint } from '../../hooks/useDeliveryHint';
import { useRefreshed } from '../../hooks/useRefreshed';
import { useViewClock } from '../../hooks/useViewClock';
import { useQueryParameter } from '../../navigation/useQueryParameter';
import { dueSoonest } from '../../view/dueSoonest';
import { Freshness } from '../Freshness';
import { ListState } from '../ListState';
import { Subtle } from '../Subtle';
import { Tabs } from '../Tabs';
import { ApprovalCard } from './ApprovalCard';
import { DeliveryPage } from './DeliveryPage';

const VIEWS = ['waiting', 'asked', 'decided'] as const;
type View = (typeof VIEWS)[number];

const TITLES: Record<View, { tab: string; order: string; empty: string }> = {
  waiting: {
    tab: 'Waiting for you',
    order: 'Ending soonest first',
    empty: 'Nothing waits for your decision.',
  },
  asked: {
    tab: 'Asked by you',
    order: 'Ending soonest first',
    empty: 'You have asked for nothing that still waits.',
  },
  decided: {
    tab: 'Decided',
    order: 'Newest first',
    empty: 'Nothing was decided yet.',
  },
};

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
  const [chosen, choose] = useQueryParameter('view');
  const view = VIEWS.find(each => each === chosen) ?? 'waiting';
  return (
    <DeliveryPage
      title="Approvals"
      subtitle="What waits for your decision, with the evidence beside it"
      tabs={
        <Tabs
          label="Approvals"
          controls={ID}
          value={view}
          tabs={VIEWS.map(each => ({
            value: each,
            label: value
              ? `${TITLES[each].tab} ${value[each].length}`
              : TITLES[each].tab,
          }))}
          onChange={next => choose(next === 'waiting' ? undefined : next)}
        />
      }
    >
      <div id={ID} role="tabpanel" aria-labelledby={`${ID}-${view}`}>
        <HeadRow>
          <h2>{TITLES[view].tab}</h2>
          <Subtle style={{ fontSize: 12 }}>{TITLES[view].order}</Subtle>
          <Freshness entries={[]} onRefresh={refresh} />
        </HeadRow>
        <ListState
          items={value?.[view]}
          error={error}
          what="The approvals"
          empty={TITLES[view].empty}
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
