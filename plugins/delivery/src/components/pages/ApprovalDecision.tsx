// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/core-plugin-api';
import { styled } from '@mui/material/styles';
import type {
  ApprovalBody,
  ApprovalRequest,
} from 'backstage-plugin-delivery-common';
import { useId, useState } from 'react';
import { deliveryApiRef } from '../../api/deliveryApiRef';
import { useAct } from '../../hooks/useAct';
import type { ApprovalCardView } from '../../view/approvalCard';
import { errorText } from '../../view/errorText';
import { personName } from '../../view/personName';
import { ActionButton } from '../ActionButton';
import { Field } from '../dialogs/Field';
import { WithdrawDialog } from '../dialogs/WithdrawDialog';
import { ErrorNotice } from '../ErrorNotice';
import { Icon } from '../Icon';
import { Reason } from '../Reason';

const Row = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  gap: 8,
  marginTop: 10,
});

const RejectBox = styled('div')({
  border: '1px solid var(--dlv-bad-line)',
  borderRadius: 4,
  padding: '2px 12px 10px',
  marginTop: 8,
});

/**
 * Approve, or reject with a reason in place.
 *
 * @remarks
 * The answer carries the fingerprint of what was shown; when that is not what
 * is there any more the server refuses and the card is loaded again.
 */
export function ApprovalDecision(props: {
  request: ApprovalRequest;
  card: ApprovalCardView;
  onDone: () => void;
}) {
  const { request, card, onDone } = props;
  const api = useApi(deliveryApiRef);
  const id = useId();
  const [rejecting, setRejecting] = useState(false);
  const [withdrawing, setWithdrawing] = useState(false);
  const [reason, setReason] = useState('');
  const { pending, error, run } = useAct();
  const decide = async (body: ApprovalBody) => {
    await run(signal => api.decide(request.id, body, { signal }));
    onDone();
  };
  const subject = request.currentSubject;
  const conflict = error && errorText(error).kind === 'conflict';
  return (
    <>
      {rejecting ? (
        <RejectBox>
          <Field
            name="Why do you reject?"
            hint="(required)"
            value={reason}
            onChange={setReason}
            lines={2}
            required
          />
          <Row>
            <ActionButton
              look="danger"
              blocked={pending || reason.trim() === ''}
              describedBy={`${id}-reject`}
              onPress={() =>
                decide({ verdict: 'reject', subject, reason: reason.trim() })
              }
            >
              {card.reject.act}
            </ActionButton>
            <ActionButton look="text" onPress={() => setRejecting(false)}>
              Back
            </ActionButton>
          </Row>
          <Reason
            id={`${id}-reject`}
            lead={reason.trim() === '' ? 'Write a reason to go on.' : undefined}
            rest={`Ends the promotion.${
              request.requestedBy
                ? ` ${personName(request.requestedBy)} sees your reason.`
                : ''
            }`}
          />
        </RejectBox>
      ) : (
        <>
          <Row>
            {card.given ? (
              <ActionButton onPress={() => setWithdrawing(true)}>
                Withdraw approval…
              </ActionButton>
            ) : (
              <ActionButton
                look="main"
                blocked={card.approve.blocked || pending}
                describedBy={id}
                onPress={() => decide({ verdict: 'approve', subject })}
              >
                {card.approve.blocked && <Icon name="lock" />}
                {card.approve.label}
              </ActionButton>
            )}
            {card.reject.possible && (
              <ActionButton onPress={() => setRejecting(true)}>
                {card.reject.label}
              </ActionButton>
            )}
          </Row>
          {card.given ? (
            <Reason lead="You approved." />
          ) : (
            <Reason id={id} lead={card.approve.lead} rest={card.approve.rest} />
          )}
        </>
      )}
      {withdrawing && (
        <WithdrawDialog
          promotion={request}
          onClose={() => setWithdrawing(false)}
          onDone={() => {
            setWithdrawing(false);
            onDone();
          }}
        />
      )}
      {error && (
        <div style={{ marginTop: 8 }}>
          <ErrorNotice
            error={error}
            title={
              conflict
                ? 'What you saw is not what is there now; it was loaded again'
                : undefined
            }
          />
        </div>
      )}
    </>
  );
}
