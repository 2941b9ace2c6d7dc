// SPDX-License-Identifier: Apache-2.0
import { Link } from '@backstage/core-components';
import { styled } from '@mui/material/styles';
import {
  isFinal,
  type PromotionDetail,
} from 'backstage-plugin-delivery-common';
import { useState, type ReactNode } from 'react';
import { useOwnRef } from '../../hooks/useOwnRef';
import { useDeliveryLinks } from '../../navigation/useDeliveryLinks';
import { breakGlass } from '../../view/breakGlass';
import { counted } from '../../view/counted';
import { formatEarliest } from '../../view/formatEarliest';
import { notCountedSentence } from '../../view/notCountedSentence';
import { personName } from '../../view/personName';
import { promotionFacts } from '../../view/promotionFacts';
import { slotRows } from '../../view/slotRows';
import { standingApproval } from '../../view/standingApproval';
import type { ViewClock } from '../../view/ViewClock';
import { ActionButton } from '../ActionButton';
import { CommitList } from '../CommitList';
import { CancelDialog } from '../dialogs/CancelDialog';
import { OverrideDialog } from '../dialogs/OverrideDialog';
import { ResolveDialog } from '../dialogs/ResolveDialog';
import { WithdrawDialog } from '../dialogs/WithdrawDialog';
import { BreakGlassPart } from '../DeployTab/BreakGlassPart';
import { FactList } from '../FactList';
import { OutLink } from '../OutLink';
import { Overline } from '../Overline';
import { Overrides } from '../Overrides';
import { Reason } from '../Reason';
import { Section } from '../Section';
import { SlotList } from '../SlotList';
import { Subtle } from '../Subtle';

const Part = styled('div')({
  padding: '11px 16px',
  '&:not(:last-of-type)': { borderBottom: '1px solid var(--dlv-border)' },
  '& > h3': { marginBottom: 6 },
});

/** What was promoted, what shipped, who, where to look, what can be done. */
export function PromotionPanel(props: {
  promotion: PromotionDetail;
  clock: ViewClock;
  refresh: () => void;
}) {
  const { promotion, clock } = props;
  const { release } = promotion;
  const links = useDeliveryLinks();
  return (
    <Section aria-label="What was promoted">
      <Part>
        <Overline>What was promoted</Overline>
        <p>
          <Link to={links.deployTab(promotion.service, promotion.environment)}>
            {personName(promotion.service)}
          </Link>
        </p>
        <FactList rows={promotionFacts(promotion)} />
      </Part>
      <Part>
        <Overline>What shipped</Overline>
        <p>
          {counted(release.change.commits.length, 'commit')} named by the build.
        </p>
        <CommitList commits={release.change.commits} />
      </Part>
      <Part>
        <Overline>Who</Overline>
        <p>
          {promotion.requestedBy ? (
            <>
              <b>{personName(promotion.requestedBy)}</b> asked: “
              {promotion.reason}” {promotion.ticket}
            </>
          ) : (
            `It came by itself: ${promotion.reason}`
          )}
        </p>
        <SlotList
          rows={slotRows(promotion.slots, promotion.approvals, clock)}
        />
        {promotion.slots.length > 0 && (
          <Subtle style={{ fontSize: 12 }}>
            {notCountedSentence(promotion.notCounted)}
          </Subtle>
        )}
      </Part>
      {promotion.overrides.length > 0 && (
        <Part>
          <Overline>Break glass</Overline>
          <Overrides
            overrides={promotion.overrides}
            service={promotion.service}
            environment={promotion.environment}
            clock={clock}
            onDone={props.refresh}
          />
        </Part>
      )}
      <Part>
        <Overline>Links</Overline>
        <div style={{ display: 'grid', gap: 3 }}>
          {promotion.execution?.url && (
            <OutLink to={promotion.execution.url}>
              {`Spinnaker execution ${promotion.execution.id}`}
            </OutLink>
          )}
          {release.build.url && (
            <OutLink to={release.build.url}>
              {`Jenkins build #${release.build.number}`}
            </OutLink>
          )}
        </div>
      </Part>
      {!isFinal(promotion.phase) && (
        <Part>
          <Overline>Actions</Overline>
          <PromotionActions {...props} />
        </Part>
      )}
    </Section>
  );
}

type Opened =
  | 'stop'
  | 'withdraw'
  | 'override'
  | 'adopt'
  | 'none-exists'
  | 'cancel';

function PromotionActions(props: {
  promotion: PromotionDetail;
  clock: ViewClock;
  refresh: () => void;
}): ReactNode {
  const { promotion, clock, refresh } = props;
  const links = useDeliveryLinks();
  const [opened, open] = useState<Opened>();
  const me = useOwnRef();
  const { mayCancel, phase } = promotion;
  const waits = phase === 'waiting';
  const glass = breakGlass(
    promotion.environment,
    waits ? promotion : undefined,
  );
  const lost = phase === 'needs-attention';
  const buttons: { label: string; what: Opened }[] = lost
    ? [
        { label: 'It did start…', what: 'adopt' },
        { label: 'It did not start…', what: 'none-exists' },
        { label: 'Cancel promotion…', what: 'cancel' },
      ]
    : [{ label: 'Cancel promotion…', what: 'stop' }];
  const shared = {
    promotion,
    onClose: () => open(undefined),
    onDone: () => {
      open(undefined);
      refresh();
    },
  };
  return (
    <>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
        {!promotion.cancelRequested &&
          buttons.map(button => (
            <ActionButton
              key={button.what}
              blocked={!mayCancel.allowed}
              describedBy="delivery-may-cancel"
              onPress={() => open(button.what)}
            >
              {button.label}
            </ActionButton>
          ))}
        {waits && standingApproval(promotion.approvals, me) && (
          <ActionButton onPress={() => open('withdraw')}>
            Withdraw approval…
          </ActionButton>
        )}
      </div>
      <Reason id="delivery-may-cancel" rest={whyNotCancel(promotion)} />
      {waits && promotion.slots.length > 0 && (
        <p style={{ marginTop: 8 }}>
          {promotion.mayApprove.allowed ? (
            <Link to={links.approvals()}>Approve or reject</Link>
          ) : (
            promotion.mayApprove.reason
          )}{' '}
          <Subtle>
            Approvals end {formatEarliest(promotion.expiresAt, clock)}.
          </Subtle>
        </p>
      )}
      {waits && (
        <BreakGlassPart
          breakGlass={glass}
          onOverride={() => open('override')}
        />
      )}
      <PromotionDialog opened={opened} {...shared} />
    </>
  );
}

function PromotionDialog(props: {
  opened: Opened | undefined;
  promotion: PromotionDetail;
  onClose: () => void;
  onDone: () => void;
}) {
  const { opened, ...shared } = props;
  switch (opened) {
    case undefined:
      return null;
    case 'stop':
      return <CancelDialog {...shared} />;
    case 'withdraw':
      return <WithdrawDialog {...shared} />;
    case 'override':
      return <OverrideDialog {...shared} />;
    default:
      return <ResolveDialog {...shared} resolution={opened} />;
  }
}

function whyNotCancel(promotion: PromotionDetail): string | undefined {
  if (promotion.cancelRequested) {
    return 'A cancellation is asked for; it ends when Spinnaker says so.';
  }
  return promotion.mayCancel.allowed ? undefined : promotion.mayCancel.reason;
}
