// SPDX-License-Identifier: Apache-2.0
import type { ServiceDelivery } from 'backstage-plugin-delivery-common';
import { useState } from 'react';
import { useRequestPromotion } from '../../hooks/useRequestPromotion';
import { counted } from '../../view/counted';
import { errorText } from '../../view/errorText';
import { formatMoment } from '../../view/formatMoment';
import { gateList } from '../../view/gateList';
import { podsOf } from '../../view/podsOf';
import { promoteAct } from '../../view/promoteAct';
import type { ViewClock } from '../../view/ViewClock';
import { ActionButton } from '../ActionButton';
import { Alert } from '../Alert';
import { ErrorNotice } from '../ErrorNotice';
import { GateList } from '../GateList';
import { ActFooter } from './ActFooter';
import { Becoming } from './Becoming';
import { Columns } from './Columns';
import { DeliveryDialog } from './DeliveryDialog';
import { Field } from './Field';
import { ReviewReading } from './ReviewReading';
import { StaleNotice } from './StaleNotice';
import { useReview } from './useReview';

/**
 * The review before a Promotion.
 *
 * @remarks
 * It is pinned to one Release and one state of the target; when either changes
 * it says so and waits for the person, and swaps nothing.
 */
export function PromoteDialog(props: {
  service: ServiceDelivery;
  from: string;
  to: string;
  clock: ViewClock;
  refresh: () => void;
  onClose: () => void;
  onDone: () => void;
}) {
  const { service, from, to, clock } = props;
  const [reason, setReason] = useState('');
  const [ticket, setTicket] = useState('');
  const { pending, error, forget, request } = useRequestPromotion(props.onDone);
  const review = useReview({ service, from, to, refresh: props.refresh });
  const { pinned, decision, slots } = review;
  const conflict = error !== undefined && errorText(error).kind === 'conflict';
  const staleness = conflict
    ? ({ kind: 'target-changed' } as const)
    : review.staleness;
  if (!pinned) {
    return (
      <DeliveryDialog
        title={`Promote to ${to}`}
        width={560}
        dirty={false}
        onClose={props.onClose}
        footer={<ActionButton onPress={props.onClose}>Close</ActionButton>}
      >
        <p style={{ padding: '14px 24px' }}>
          No release is verified in {from} yet.
        </p>
      </DeliveryDialog>
    );
  }
  const release = pinned.candidate.number;
  const act = promoteAct(
    {
      release,
      to,
      decision,
      slots,
      staleness,
      reasonGiven: reason.trim() !== '',
      reviewedAt: review.reviewedAt,
    },
    clock,
  );
  const source = service.environments.find(({ name }) => name === from);
  const target = service.environments.find(({ name }) => name === to);
  const pods = podsOf(target?.workloads ?? []);
  const gates = decision && gateList(decision, clock);
  return (
    <DeliveryDialog
      title={`Promote release ${release} to ${to}`}
      subtitle={`${service.title} · from ${from} · reviewed against what runs in ${to} now`}
      width={1120}
      dirty={reason !== '' || ticket !== ''}
      onClose={props.onClose}
      notice={
        <StaleNotice
          staleness={staleness}
          release={release}
          from={from}
          to={to}
          detail={conflict && error ? errorText(error).detail : undefined}
          loading={review.loading}
          onReviewNewer={review.repin}
          onKeep={review.keep}
          onReadAgain={() => {
            forget();
            review.readAgain();
          }}
        />
      }
      footer={
        <ActFooter
          act={act}
          pending={pending}
          onClose={props.onClose}
          onAct={() =>
            request({
              service: service.service,
              environment: to,
              releaseId: pinned.candidate.id,
              subject: pinned.subject,
              reason,
              ticket,
            })
          }
        />
      }
    >
      <Columns>
        <div>
          <Becoming
            from={{
              where: `From ${from}`,
              what: `Release ${release}`,
              more: source?.deployment
                ? `${from} runs Release ${
                    source.release?.number ?? source.deployment.releaseNumber
                  } since ${formatMoment(source.deployment.at, clock)}`
                : `verified in ${from}`,
            }}
            to={{
              where: `To ${to}`,
              what: pinned.targetReleaseNumber
                ? `Release ${pinned.targetReleaseNumber} becomes ${release}`
                : `First release there`,
              more:
                pods.desired > 0
                  ? `${pods.ready} of ${pods.desired} pods ready`
                  : 'Nothing runs there yet',
            }}
          />
          <ReviewReading
            service={service.service}
            environment={to}
            release={pinned.candidate}
          />
        </div>
        <div>
          <div style={{ display: 'flex', justifyContent: 'space-between' }}>
            <h3>Gates into {to}</h3>
            {gates && (
              <b style={{ color: `var(--dlv-${gates.tone})`, fontSize: 12 }}>
                {gates.summary}
              </b>
            )}
          </div>
          {gates && <GateList rows={gates.rows} />}
          {review.error && (
            <ErrorNotice
              error={review.error}
              title="The gates could not be asked"
              onRetry={review.readAgain}
            />
          )}
          <Field
            name="Reason"
            hint="(required, shown in the history)"
            value={reason}
            onChange={setReason}
            lines={2}
            required
          />
          <Field
            name="Ticket"
            hint="(optional)"
            value={ticket}
            onChange={setTicket}
          />
          {error && !conflict && (
            <div style={{ marginTop: 12 }}>
              <ErrorNotice error={error} />
            </div>
          )}
          <Alert tone="run" title="What happens then" className="then">
            Spinnaker replaces{' '}
            {pods.desired > 0 ? counted(pods.desired, 'pod') : 'the pods'} one
            by one. Then {to} is watched until Release {release} is seen there
            and healthy. You may leave the page.
          </Alert>
        </div>
      </Columns>
    </DeliveryDialog>
  );
}
