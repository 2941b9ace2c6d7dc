// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { styled } from '@mui/material/styles';
import {
  serviceConditionSchema,
  type ServiceOverview,
} from 'backstage-plugin-delivery-common';
import { useCallback, useMemo } from 'react';
import { deliveryApiRef } from '../../api/deliveryApiRef';
import { useDeliveryHint } from '../../hooks/useDeliveryHint';
import { useRefreshed } from '../../hooks/useRefreshed';
import { useViewClock } from '../../hooks/useViewClock';
import { useQueryParameters } from '../../navigation/useQueryParameters';
import { deliveryTranslationRef } from '../../translations';
import { overview } from '../../view/overview';
import { Freshness } from '../Freshness';
import { ListState } from '../ListState';
import { Section } from '../Section';
import { Subtle } from '../Subtle';
import { ConditionToggles } from './ConditionToggles';
import { DeliveryPage } from './DeliveryPage';
import { OverviewFilters } from './OverviewFilters';
import { OverviewTable } from './OverviewTable';

const PAGE = 200;
const MOST_PAGES = 10;

const HeadRow = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '4px 16px',
  marginBottom: 8,
  '& h2': { fontSize: 18, lineHeight: '24px', margin: 0 },
});

/** Every Service the reader may see, in every Environment. */
export function OverviewPage() {
  const api = useApi(deliveryApiRef);
  const load = useCallback(
    async (signal: AbortSignal) => {
      const services: ServiceOverview[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < MOST_PAGES; page++) {
        const answer = await api.listServices(
          { cursor, limit: PAGE },
          { signal },
        );
        services.push(...answer.items);
        cursor = answer.nextCursor;
        if (cursor === undefined) {
          break;
        }
      }
      return { services, cut: cursor !== undefined };
    },
    [api],
  );
  const { value, receivedAt, error, refresh } = useRefreshed(load);
  useDeliveryHint(undefined, refresh);
  const clock = useViewClock({ receivedAt });
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [parameter, setParameters] = useQueryParameters<
    'filter' | 'owner' | 'system' | 'state'
  >();
  const text = parameter('filter') ?? '';
  const owner = parameter('owner');
  const system = parameter('system');
  const condition = serviceConditionSchema.safeParse(parameter('state')).data;
  const services = value?.services;
  const owners = useMemo(
    () =>
      [...new Set((services ?? []).flatMap(each => each.owner ?? []))].sort(),
    [services],
  );
  const systems = useMemo(
    () =>
      [...new Set((services ?? []).flatMap(each => each.system ?? []))].sort(),
    [services],
  );
  const { now, zone } = clock;
  const view = useMemo(
    () =>
      overview(
        services ?? [],
        { text, owner, system, condition },
        { now, zone },
      ),
    [services, text, owner, system, condition, now, zone],
  );
  return (
    <DeliveryPage title={t('overview.title')} subtitle={t('overview.subtitle')}>
      <HeadRow>
        <h2>{t('overview.services')}</h2>
        <Subtle style={{ fontSize: 12 }}>
          {services && `${services.length} on a promotion path`}
          {value?.cut && ' shown; there are more, filter by owner'}
        </Subtle>
        <Freshness entries={[]} onRefresh={refresh} />
      </HeadRow>
      <ConditionToggles
        total={view.total}
        counts={view.counts}
        chosen={condition}
        onChoose={state => setParameters({ state })}
      />
      <Section aria-label="Services">
        <OverviewFilters
          text={text}
          owner={owner}
          owners={owners}
          system={system}
          systems={systems}
          filtered={Boolean(text || owner || system || condition)}
          count={`${view.rows.length} of ${
            services?.length ?? 0
          } services, worst first`}
          onText={filter => setParameters({ filter })}
          onOwner={next => setParameters({ owner: next })}
          onSystem={next => setParameters({ system: next })}
          onClear={() =>
            setParameters({
              filter: undefined,
              owner: undefined,
              system: undefined,
              state: undefined,
            })
          }
        />
        <ListState
          items={services && view.rows}
          error={error}
          what="The services"
          empty={
            services?.length === 0
              ? 'No service is on a promotion path yet. Create one from the “Service” template.'
              : 'No service fits the filters.'
          }
          onRetry={refresh}
        >
          {found => <OverviewTable columns={view.columns} rows={found} />}
        </ListState>
      </Section>
    </DeliveryPage>
  );
}
