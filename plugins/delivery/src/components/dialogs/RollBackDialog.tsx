// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/core-plugin-api';
import Skeleton from '@mui/material/Skeleton';
import type {
  EnvironmentDelivery,
  ServiceDelivery,
} from 'backstage-plugin-delivery-common';
import { useCallback, useState } from 'react';
import { deliveryApiRef } from '../../api/deliveryApiRef';
import { useLoad } from '../../hooks/useLoad';
import { useRequestPromotion } from '../../hooks/useRequestPromotion';
import { errorText } from '../../view/errorText';
import { podsOf } from '../../view/podsOf';
import { rollbackAct } from '../../view/rollbackAct';
import { rollbackReview } from '../../view/rollbackReview';
import type { ViewClock } from '../../view/ViewClock';
import { Alert } from '../Alert';
import { ErrorNotice } from '../ErrorNotice';
import { GateList } from '../GateList';
import { ActFooter } from './ActFooter';
import { Columns } from './Columns';
import { DeliveryDialog } from './DeliveryDialog';
import { Field } from './Field';
import { RollBackTargets } from './RollBackTargets';
import { WhatGoesBack } from './WhatGoesBack';

/** What a dry run says as its reason; it is kept nowhere. */
const READING = 'Read before asking';

/** Back to a Release that was verified in this Environment. */
export function RollBackDialog(props: {
  service: ServiceDelivery;
  environment: EnvironmentDelivery;
  /** The Release chosen first; the newest verified one when left out. */
  releaseNumber?: number;
  clock: ViewClock;
  onClose: () => void;
  onDone: () => void;
}) {
  const { service, environment, clock } = props;
  const { name } = environment;
  const { targets } = environment.rollback;
  const api = useApi(deliveryApiRef);
  const [chosen, setChosen] = useState(
    () =>
      targets.find(({ number }) => number === props.releaseNumber)?.releaseId ??
      targets[0]?.releaseId ??
      '',
  );
  const [reason, setReason] = useState('');
  const [ticket, setTicket] = useState('');
  const { pending, error, forget, request } = useRequestPromotion(props.onDone);
  const preview = useLoad(
    useCallback(
      (signal: AbortSignal) =>
        api.previewPromotion(
          {
            service: service.service,
            environment: name,
            releaseId: chosen,
            kind: 'rollback',
            reason: READING,
          },
          { signal },
        ),
      [api, service.service, name, chosen],
    ),
  );
  const target = targets.find(({ releaseId }) => releaseId === chosen);
  const runs =
    environment.release?.number ?? environment.deployment?.releaseNumber;
  const pods = podsOf(environment.workloads);
  const act = rollbackAct({
    environment: name,
    release: target?.number,
    preview: preview.value,
    reasonGiven: reason.trim() !== '',
  });
  const gates =
    preview.value &&
    rollbackReview(service, name, preview.value.decision, clock);
  return (
    <DeliveryDialog
      title={`Roll back ${name}`}
      subtitle={`${service.title} · ${
        runs ? `Release ${runs} runs now, ` : ''
      }${pods.ready} of ${pods.desired} pods ready`}
      width={1040}
      dirty={reason !== '' || ticket !== ''}
      onClose={props.onClose}
      footer={
        <ActFooter
          act={act}
          pending={pending}
          onClose={props.onClose}
          onAct={() =>
            request({
              service: service.service,
              environment: name,
              releaseId: chosen,
              kind: 'rollback',
              subject: preview.value?.subject,
              reason,
              ticket,
            })
          }
        />
      }
    >
      <Columns>
        <div>
          <h3>To which release?</h3>
          <RollBackTargets
            service={service.service}
            environment={name}
            targets={targets}
            chosen={chosen}
            onChoose={setChosen}
            clock={clock}
          />
          <h3 style={{ marginTop: 16 }}>What else goes back</h3>
          <WhatGoesBack
            service={service.service}
            environment={name}
            releaseId={chosen}
          />
          <Field
            name="Reason"
            hint="(required, shown in the history)"
            placeholder="What went wrong? One sentence."
            value={reason}
            onChange={setReason}
            lines={2}
            required
          />
          <Field
            name="Incident or ticket"
            hint="(optional)"
            value={ticket}
            onChange={setTicket}
          />
          {error && (
            <div style={{ marginTop: 12 }}>
              <ErrorNotice
                error={error}
                onRetry={
                  errorText(error).kind === 'conflict'
                    ? () => {
                        forget();
                        preview.reload();
                      }
                    : undefined
                }
              />
            </div>
          )}
        </div>
        <div>
          <div style={{ display: 'flex', justifyContent: 'space-between' }}>
            <h3>Gates that apply</h3>
            {gates && (
              <b
                style={{
                  color: `var(--dlv-${gates.apply.tone})`,
                  fontSize: 12,
                }}
              >
                {gates.apply.summary}
              </b>
            )}
          </div>
          {preview.loading && <Skeleton height={80} />}
          {preview.error && (
            <ErrorNotice
              error={preview.error}
              title="The gates could not be asked"
              onRetry={preview.reload}
            />
          )}
          {gates && <GateList rows={gates.apply.rows} />}
          {gates && gates.dropped.length > 0 && (
            <>
              <h3 style={{ marginTop: 16 }}>Gates dropped for a roll back</h3>
              <GateList rows={gates.dropped} />
            </>
          )}
          <Alert tone="run" title="What happens then" className="then">
            Spinnaker deploys the older release and {name} is watched until it
            is seen there and healthy.
          </Alert>
        </div>
      </Columns>
    </DeliveryDialog>
  );
}
