// SPDX-License-Identifier: Apache-2.0
import type { ServiceDelivery } from 'backstage-plugin-delivery-common';
import { useQueryParameter } from '../../navigation/useQueryParameter';
import type { ViewClock } from '../../view/ViewClock';
import { Section } from '../Section';
import { Tabs } from '../Tabs';
import { BuildsTable } from './BuildsTable';
import { HistoryList } from './HistoryList';
import { ReleasesTable } from './ReleasesTable';

const TABS = [
  { value: 'releases', label: 'Releases' },
  { value: 'history', label: 'History' },
  { value: 'builds', label: 'Builds' },
] as const;

const ID = 'delivery-records';

/** The records of the Service: they follow it, not the selected Environment. */
export function Records(props: { service: ServiceDelivery; clock: ViewClock }) {
  const { service, clock } = props;
  const [chosen, choose] = useQueryParameter('records');
  const value = TABS.find(tab => tab.value === chosen)?.value ?? 'releases';
  return (
    <Section>
      <Tabs
        label="Delivery records"
        controls={ID}
        value={value}
        tabs={TABS}
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
