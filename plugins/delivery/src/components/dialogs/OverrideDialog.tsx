// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/core-plugin-api';
import type { OpenPromotion } from 'backstage-plugin-delivery-common';
import { useState } from 'react';
import { deliveryApiRef } from '../../api/deliveryApiRef';
import { overrideAct } from '../../view/overrideAct';
import { overridableGates } from '../../view/overridableGates';
import { REVIEW_LIMITS } from '../../view/REVIEW_LIMITS';
import { Alert } from '../Alert';
import { Choices } from './Choices';
import { Field } from './Field';
import { ReasonDialog } from './ReasonDialog';

/**
 * Break glass: lets named Gates pass.
 *
 * @remarks
 * It is pinned to the Promotion as it was when the dialog was opened; what came
 * meanwhile is refused by the server and read again.
 */
export function OverrideDialog(props: {
  promotion: OpenPromotion;
  onClose: () => void;
  onDone: () => void;
}) {
  const api = useApi(deliveryApiRef);
  const [promotion] = useState(props.promotion);
  const [gates, setGates] = useState<string[]>([]);
  const [ticket, setTicket] = useState('');
  const [limit, setLimit] =
    useState<(typeof REVIEW_LIMITS)[number]['value']>('48');
  const { may, never } = overridableGates(promotion);
  const titles = may
    .filter(({ gate }) => gates.includes(gate))
    .map(({ title }) => title);
  return (
    <ReasonDialog
      title={`Override gates into ${promotion.environment}`}
      subtitle={`Promotion ${promotion.number}: Release ${promotion.releaseNumber} to ${promotion.environment}`}
      act={overrideAct(titles)}
      danger
      missing={
        gates.length === 0 ? 'Choose at least one gate to go on.' : undefined
      }
      touched={gates.length > 0 || ticket !== ''}
      onAct={(reason, _, signal) =>
        api.override(
          promotion.id,
          {
            gates,
            subject: promotion.subject,
            reason,
            ...(ticket.trim() ? { ticket: ticket.trim() } : {}),
            reviewWithin: Number(limit),
          },
          { signal },
        )
      }
      onClose={props.onClose}
      onDone={props.onDone}
      below={
        <>
          <Field
            name="Ticket"
            hint="(optional)"
            value={ticket}
            onChange={setTicket}
          />
          <Choices
            name="Somebody else reviews it within"
            choices={REVIEW_LIMITS}
            chosen={[limit]}
            onChange={([chosen]) => chosen && setLimit(chosen)}
          />
        </>
      }
    >
      <Alert tone="override" title="This is shown for ever">
        Your name stands on the promotion and in the history of the service.
        Once no other gate stands in the way, the promotion starts by itself.
      </Alert>
      <Choices
        name="Gates to override"
        several
        choices={may.map(({ gate, title, reason }) => ({
          value: gate,
          label: title,
          more: reason,
        }))}
        chosen={gates}
        onChange={setGates}
      />
      {never.length > 0 && (
        <p style={{ marginTop: 8 }}>
          In the way too, and never to be overridden:{' '}
          {never.map(({ title }) => title).join(', ')}.
        </p>
      )}
    </ReasonDialog>
  );
}
