// SPDX-License-Identifier: Apache-2.0
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { styled } from '@mui/material/styles';
import type { ServiceDelivery } from 'backstage-plugin-delivery-common';
import { useState } from 'react';
import { deliveryTranslationRef } from '../../translations';
import { useQueryParameter } from '../../navigation/useQueryParameter';
import { defaultEnvironment } from '../../view/defaultEnvironment';
import { freshness } from '../../view/freshness';
import { nowView, type NowAction } from '../../view/nowView';
import { panelView } from '../../view/panelView';
import { pathSentence } from '../../view/pathSentence';
import type { ViewClock } from '../../view/ViewClock';
import { Freshness } from '../Freshness';
import { Subtle } from '../Subtle';
import { DetailPanel } from './DetailPanel';
import { NowCard } from './NowCard';
import { PathDialog, type OpenedDialog } from './PathDialog';
import { PromotionPath } from './PromotionPath';
import { Records } from './Records';
import { SetupNotice } from './SetupNotice';

const HeadRow = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '4px 16px',
  marginBottom: 12,
  minHeight: 28,
  '& h2': { fontSize: 18, lineHeight: '24px', margin: 0 },
});

const Main = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 776px) minmax(0, 1fr)',
  gridTemplateRows: 'auto 1fr',
  gap: 16,
  alignItems: 'start',
  '@container (min-width: 1400px)': {
    gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 1fr)',
  },
  '@container (max-width: 1167px)': {
    gridTemplateColumns: 'minmax(0, 1fr) 340px',
  },
  '@container (max-width: 1059px)': {
    gridTemplateColumns: 'minmax(0, 1fr)',
    gridTemplateRows: 'none',
  },
});

// stretched, so that the sticky panel has the whole height to travel
const PanelPlace = styled('div')({
  gridColumn: 2,
  gridRow: '1 / span 2',
  alignSelf: 'stretch',
  minWidth: 0,
  '@container (max-width: 1059px)': { gridColumn: 1, gridRow: 'auto' },
});

const RecordsPlace = styled('div')({ gridColumn: 1, minWidth: 0 });

/** The path of a Service that is set up, the panel beside it and its records. */
export function ServicePath(props: {
  service: ServiceDelivery;
  clock: ViewClock;
  refresh: () => void;
}) {
  const { service, clock, refresh } = props;
  const [chosen, choose] = useQueryParameter('environment');
  const [dialog, setDialog] = useState<OpenedDialog>();
  const { t } = useTranslationRef(deliveryTranslationRef);
  const now = nowView(service, clock);
  const selected =
    service.environments.find(({ name }) => name === chosen)?.name ??
    defaultEnvironment(service, now);
  const environment = service.environments.find(
    ({ name }) => name === selected,
  );
  const promote = (from: string, to: string) =>
    setDialog({ kind: 'promote', from, to });
  const act = (action: NowAction) =>
    action.kind === 'refresh' ? refresh() : setDialog(action);
  return (
    <>
      <SetupNotice findings={service.findings} />
      <HeadRow>
        <h2>{t('path.title')}</h2>
        <Subtle style={{ fontSize: 12 }}>
          {pathSentence(service.environments)}
        </Subtle>
        <Freshness entries={freshness(service, clock)} onRefresh={refresh} />
      </HeadRow>
      <Main>
        <PromotionPath
          service={service}
          clock={clock}
          selected={selected}
          onSelect={choose}
          onPromote={promote}
          now={<NowCard now={now} onAction={act} />}
        />
        {environment && (
          <PanelPlace>
            <DetailPanel
              service={service.service}
              panel={panelView(service, environment, clock)}
              clock={clock}
              onAct={setDialog}
              onReviewed={refresh}
            />
          </PanelPlace>
        )}
        <RecordsPlace>
          <Records service={service} clock={clock} />
        </RecordsPlace>
      </Main>
      {dialog && (
        <PathDialog
          dialog={dialog}
          service={service}
          clock={clock}
          refresh={refresh}
          onClose={() => setDialog(undefined)}
        />
      )}
    </>
  );
}
