// SPDX-License-Identifier: Apache-2.0
import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { useDeliveryLinks } from '../../navigation/useDeliveryLinks';
import { deliveryTranslationRef } from '../../translations';
import type { PanelView } from '../../view/panelView';
import type { ViewClock } from '../../view/ViewClock';
import { CommitList } from '../CommitList';
import { FactList } from '../FactList';
import { GateList } from '../GateList';
import { HealthChip } from '../HealthChip';
import { OutLink } from '../OutLink';
import { Overline } from '../Overline';
import { Overrides } from '../Overrides';
import { Quote } from '../Quote';
import { SlotList } from '../SlotList';
import { Subtle } from '../Subtle';
import { PanelActions, type PanelAct } from './PanelActions';

const Frame = styled('aside')({
  background: 'var(--dlv-paper)',
  borderRadius: 4,
  boxShadow: 'var(--dlv-shadow)',
  paddingBottom: 6,
  '@container (min-width: 1060px)': {
    position: 'sticky',
    top: 16,
    maxHeight: 'calc(100vh - 32px)',
    overflow: 'auto',
  },
});

const Head = styled('div')({
  padding: '14px 16px 10px',
  borderBottom: '1px solid var(--dlv-border)',
  '& > div': { display: 'flex', alignItems: 'center', gap: 8 },
  '& h2': { fontSize: 18, lineHeight: '24px', flex: 1, margin: 0 },
});

const PartFrame = styled('section')({
  padding: '11px 16px',
  '&:not(:last-of-type)': { borderBottom: '1px solid var(--dlv-border)' },
  '& > header': {
    display: 'flex',
    alignItems: 'center',
    marginBottom: 6,
    gap: 8,
    '& > h3': { flex: 1 },
    '& > b': { fontSize: 12 },
  },
  '& p': { fontSize: 12.5 },
});

function Part(props: { title: string; mark?: ReactNode; children: ReactNode }) {
  return (
    <PartFrame aria-label={props.title}>
      <header>
        <Overline>{props.title}</Overline>
        {props.mark}
      </header>
      {props.children}
    </PartFrame>
  );
}

/** Everything about the selected Environment, always in the same order. */
export function DetailPanel(props: {
  service: string;
  panel: PanelView;
  clock: ViewClock;
  onAct: (act: PanelAct) => void;
  onReviewed: () => void;
}) {
  const { panel } = props;
  const { ships, gates, approvals } = panel;
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <Frame id="delivery-detail" aria-label={`${panel.name}, details`}>
      <Head>
        <div>
          <h2>{panel.name}</h2>
          <HealthChip {...panel.health} />
        </div>
        <Subtle style={{ fontSize: 12 }}>{panel.place}</Subtle>
      </Head>
      <Part title={panel.runs.title}>
        <FactList rows={panel.runs.rows} />
        {panel.runs.messages.map(message => (
          <div key={message}>
            <Quote>{message}</Quote>
            <Subtle style={{ fontSize: 12 }}>Said by Kubernetes</Subtle>
          </div>
        ))}
        {panel.overrides.length > 0 && (
          <Overrides
            overrides={panel.overrides}
            service={props.service}
            environment={panel.name}
            clock={props.clock}
            onDone={props.onReviewed}
          />
        )}
      </Part>
      {ships && (
        <Part title={ships.title}>
          <p style={{ marginBottom: 4 }}>
            {ships.release && <b>{ships.release}</b>}
            {ships.text}
          </p>
          <CommitList commits={ships.commits} />
          {ships.more && <Subtle style={{ fontSize: 12 }}>{ships.more}</Subtle>}
        </Part>
      )}
      <Part
        title={gates.title}
        mark={
          gates.list && (
            <b style={{ color: `var(--dlv-${gates.list.tone})` }}>
              {gates.list.summary}
            </b>
          )
        }
      >
        {gates.list ? <GateList rows={gates.list.rows} /> : <p>{gates.text}</p>}
        {panel.reviews.length > 0 && (
          <Overrides
            overrides={panel.reviews}
            service={props.service}
            environment={panel.name}
            clock={props.clock}
            brief
            onDone={props.onReviewed}
          />
        )}
      </Part>
      {approvals && <Approvals approvals={approvals} />}
      {panel.links.length > 0 && (
        <Part title={t('panel.links')}>
          <div
            style={{
              display: 'flex',
              flexWrap: 'wrap',
              gap: '4px 14px',
              fontSize: 12.5,
            }}
          >
            {panel.links.map(link => (
              <OutLink key={link.title} to={link.url}>
                {link.title}
              </OutLink>
            ))}
          </div>
        </Part>
      )}
      <Part title={t('panel.actions')}>
        <PanelActions {...props} />
      </Part>
    </Frame>
  );
}

function Approvals(props: { approvals: NonNullable<PanelView['approvals']> }) {
  const { text, rows, notes, decide } = props.approvals;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const links = useDeliveryLinks();
  return (
    <Part title={t('panel.approvals')}>
      {text && <p>{text}</p>}
      <SlotList rows={rows} />
      {notes.length > 0 && (
        <p style={{ marginTop: 4 }}>
          <Subtle style={{ fontSize: 12 }}>{notes.join(' ')}</Subtle>
        </p>
      )}
      {decide && (
        <p style={{ marginTop: 4 }}>
          It waits for you.{' '}
          <Link to={links.approvals()}>Approve or reject</Link>
        </p>
      )}
    </Part>
  );
}
