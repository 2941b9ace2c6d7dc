// SPDX-License-Identifier: Apache-2.0
import { Link } from '@backstage/core-components';
import { styled } from '@mui/material/styles';
import type { ApprovalRequest } from 'backstage-plugin-delivery-common';
import { Fragment } from 'react';
import { useOwnRef } from '../../hooks/useOwnRef';
import { useDeliveryLinks } from '../../navigation/useDeliveryLinks';
import { approvalCard } from '../../view/approvalCard';
import type { ViewClock } from '../../view/ViewClock';
import { GateList } from '../GateList';
import { HealthChip } from '../HealthChip';
import { Icon } from '../Icon';
import { Overline } from '../Overline';
import { Section } from '../Section';
import { SlotList } from '../SlotList';
import { Subtle } from '../Subtle';
import { ApprovalDecision } from './ApprovalDecision';

const Frame = styled(Section)({ marginBottom: 14 });

const Head = styled('header')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '4px 10px',
  padding: '12px 16px',
  borderBottom: '1px solid var(--dlv-border)',
  '& h3': { fontSize: 16 },
  '& h3 a': { textDecoration: 'underline' },
});

const Columns = styled('div')({
  display: 'grid',
  gridTemplateColumns: '1fr 1fr 340px',
  '& > div': { padding: '12px 16px', minWidth: 0 },
  '& > div + div': { borderLeft: '1px solid var(--dlv-border)' },
  '@container (max-width: 900px)': {
    gridTemplateColumns: 'minmax(0, 1fr)',
    '& > div + div': {
      borderLeft: 0,
      borderTop: '1px solid var(--dlv-border)',
    },
  },
});

const Facts = styled('dl')({
  display: 'grid',
  gridTemplateColumns: '88px 1fr',
  rowGap: 3,
  fontSize: 12.5,
  lineHeight: '19px',
  '& dt': { color: 'var(--dlv-subtle)' },
});

/** One request for approval: evidence, gates and slots side by side. */
export function ApprovalCard(props: {
  request: ApprovalRequest;
  clock: ViewClock;
  onDone: () => void;
}) {
  const { request, clock } = props;
  const links = useDeliveryLinks();
  const card = approvalCard(request, clock, useOwnRef());
  return (
    <Frame as="article" aria-label={`${request.title}: ${card.title}`}>
      <Head>
        <h3>
          <Link to={links.deployTab(request.service, request.environment)}>
            {request.title}
          </Link>
          : {card.title}
        </h3>
        <Subtle style={{ fontSize: 12 }}>
          <Icon name={card.change.icon} size={13} /> {card.change.text}
        </Subtle>
        {card.phase && <HealthChip {...card.phase} />}
        <b style={{ marginLeft: 'auto', fontSize: 12 }}>
          <Icon name="clock" size={14} /> {card.ends}
        </b>
      </Head>
      <Columns>
        <div>
          <p style={{ marginBottom: 8 }}>
            “{card.quote}” {card.ticket}
          </p>
          <Facts>
            <dt>Commits</dt>
            <dd>{card.commits}</dd>
            {card.evidence.map(each => (
              <Fragment key={each.title}>
                <dt>{each.title}</dt>
                <dd>
                  <Icon
                    name={each.verdict.icon}
                    tone={each.verdict.tone}
                    size={14}
                  />{' '}
                  {each.value}
                </dd>
              </Fragment>
            ))}
          </Facts>
          <p style={{ marginTop: 8 }}>
            <Link to={links.promotion(request.id)}>
              Promotion {request.number}
            </Link>
          </p>
        </div>
        <div>
          <Overline>Gates</Overline>
          {card.gates ? (
            <GateList rows={card.gates.rows} />
          ) : (
            <Subtle>Not judged yet.</Subtle>
          )}
        </div>
        <div>
          <Overline>Approvals</Overline>
          <SlotList rows={card.slots} />
          {card.open && (
            <ApprovalDecision
              request={request}
              card={card}
              onDone={props.onDone}
            />
          )}
        </div>
      </Columns>
    </Frame>
  );
}
