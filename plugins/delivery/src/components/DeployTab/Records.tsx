// SPDX-License-Identifier: Apache-2.0
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ServiceDelivery } from 'backstage-plugin-delivery-common';
import { deliveryTranslationRef } from '../../translations';
import { useQueryParameter } from '../../navigation/useQueryParameter';
import type { ViewClock } from '../../view/ViewClock';
import { Section } from '../Section';
import { Tabs } from '../Tabs';
import { BuildsTable } from './BuildsTable';
import { HistoryList } from './HistoryList';
import { ReleasesTable } from './ReleasesTable';

const RECORDS = ['releases', 'history', 'builds'] as const;

const ID = 'delivery-records';

/** The records of the Service: they follow it, not the selected Environment. */
export function Records(props: { service: ServiceDelivery; clock: ViewClock }) {
  const { service, clock } = props;
  const [chosen, choose] = useQueryParameter('records');
  const { t } = useTranslationRef(deliveryTranslationRef);
  const value = RECORDS.find(each => each === chosen) ?? 'releases';
  return (
    <Section>
      <Tabs
        label={t('records.label')}
        controls={ID}
        value={value}
        tabs={RECORDS.map(each => ({
          value: each,
          label: t(`records.${each}`),
        }))}
        onChange={next => choose(next === 'releases' ? undefined : next)}
      />
      <div id={ID} role="tabpanel" aria-labelledby={`${ID}-${value}`}>
        {value === 'releases' && (
          <ReleasesTable service={service} clock={clock} />
        )}
        {value === 'history' && (
          <HistoryList service={service.service} clock={clock} />
        )}
        {value === 'builds' && (
          <BuildsTable service={service.service} clock={clock} />
        )}
      </div>
    </Section>
  );
}
