// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/core-plugin-api';
import type { Promotion } from 'backstage-plugin-delivery-common';
import { deliveryApiRef } from '../../api/deliveryApiRef';
import { ReasonDialog } from './ReasonDialog';

/** Ends a Promotion, or asks for its end when an execution may exist already. */
export function CancelDialog(props: {
  promotion: Promotion;
  onClose: () => void;
  onDone: () => void;
}) {
  const { promotion } = props;
  const api = useApi(deliveryApiRef);
  return (
    <ReasonDialog
      title={`Cancel promotion ${promotion.number}`}
      subtitle={`Release ${promotion.releaseNumber} to ${promotion.environment}`}
      act={`Cancel promotion ${promotion.number}`}
      danger
      onAct={(reason, _, signal) =>
        api.cancel(promotion.id, { reason }, { signal })
      }
      onClose={props.onClose}
      onDone={props.onDone}
    >
      <p>
        {promotion.phase === 'waiting'
          ? 'It ends at once and its approvals end with it. Nothing was started.'
          : `Spinnaker is asked to stop its execution; the promotion ends when it has. What was already replaced in ${promotion.environment} stays as it is.`}
      </p>
    </ReasonDialog>
  );
}
