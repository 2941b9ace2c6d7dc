// SPDX-License-Identifier: Apache-2.0
import type { Entity } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { styled } from '@mui/material/styles';
import type { ServiceDelivery } from 'backstage-plugin-delivery-common';
import { deliveryTranslationRef } from '../../translations';
import { firstUseSentence } from '../../view/firstUseSentence';
import { Freshness } from '../Freshness';
import { Section } from '../Section';
import { CatalogFile } from './CatalogFile';
import { EmptyPath } from './EmptyPath';
import { FindingsTable } from './FindingsTable';

const HeadRow = styled('div')({
  display: 'flex',
  alignItems: 'center',
  gap: 16,
  marginBottom: 12,
  '& h2': { fontSize: 18, lineHeight: '24px', margin: 0 },
});

const Columns = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 480px)',
  gap: 16,
  alignItems: 'start',
  '@container (max-width: 1059px)': {
    gridTemplateColumns: 'minmax(0, 1fr)',
  },
});

/** What a Service that is not on a promotion path yet still needs. */
export function FirstUse(props: {
  service: ServiceDelivery;
  entity: Entity;
  onCheck: () => void;
}) {
  const { service, entity } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <>
      <HeadRow>
        <h2>{t('path.setUp', { name: entity.metadata.name })}</h2>
        <Freshness
          entries={[]}
          onRefresh={props.onCheck}
          label={t('actions.checkAgain')}
        />
      </HeadRow>
      <Columns>
        <div>
          <Section style={{ padding: '18px 20px', marginBottom: 16 }}>
            <h3 style={{ fontSize: 16, marginBottom: 4 }}>
              {t('path.notOnPath')}
            </h3>
            <p style={{ maxWidth: 620 }}>
              {firstUseSentence(service.findings)} Services made from the
              “Service” template have all of this already.
            </p>
            <EmptyPath environments={service.environments} />
          </Section>
          <FindingsTable findings={service.findings} />
        </div>
        <CatalogFile entity={entity} findings={service.findings} />
      </Columns>
    </>
  );
}
