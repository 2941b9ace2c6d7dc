// SPDX-License-Identifier: Apache-2.0
import { Link } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import { useCallback } from 'react';
import { deliveryApiRef } from '../../api/deliveryApiRef';
import { usePagedList } from '../../hooks/usePagedList';
import { useDeliveryLinks } from '../../navigation/useDeliveryLinks';
import { historyRows } from '../../view/historyRows';
import type { ViewClock } from '../../view/ViewClock';
import { ListFooter } from '../ListFooter';
import { ListState } from '../ListState';
import { Timeline } from '../Timeline';

const PAGE = 15;

/** Who did what to a Service, when and why. */
export function HistoryList(props: { service: string; clock: ViewClock }) {
  const { service, clock } = props;
  const api = useApi(deliveryApiRef);
  const links = useDeliveryLinks();
  const load = useCallback(
    (cursor: string | undefined, signal: AbortSignal) =>
      api.listHistory(service, { cursor, limit: PAGE }, { signal }),
    [api, service],
  );
  const list = usePagedList(load, service);
  return (
    <ListState
      items={list.value?.items}
      error={list.error}
      what="The history"
      empty="Nothing has happened yet."
      onRetry={list.refresh}
    >
      {entries => (
        <>
          <Timeline
            label="History"
            entries={historyRows(entries, clock).map(row => ({
              key: row.id,
              when: row.when,
              at: row.at,
              icon: row.icon,
              tone: row.tone,
              text: (
                <>
                  {row.person && <b>{row.person} </b>}
                  {row.text}
                </>
              ),
              more: row.quote && `“${row.quote}”`,
              aside: row.promotion && (
                <Link to={links.promotion(row.promotion.id)}>
                  Promotion {row.promotion.number}
                </Link>
              ),
            }))}
          />
          {list.value?.more && (
            <ListFooter
              text=""
              more
              moreLabel="Show older"
              onMore={list.showMore}
            />
          )}
        </>
      )}
    </ListState>
  );
}
