// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/core-plugin-api';
import type { Promotion } from 'backstage-plugin-delivery-common';
import { deliveryApiRef } from '../../api/deliveryApiRef';
import { ReasonDialog } from './ReasonDialog';

/** Takes back the reader's own approval while the Promotion waits. */
export function WithdrawDialog(props: {
  promotion: Promotion;
  onClose: () => void;
  onDone: () => void;
}) {
  const { promotion } = props;
  const api = useApi(deliveryApiRef);
  return (
    <ReasonDialog
      title="Withdraw your approval"
      subtitle={`Promotion ${promotion.number}: Release ${promotion.releaseNumber} to ${promotion.environment}`}
      act="Withdraw my approval"
      optional
      onAct={(reason, _, signal) =>
        api.decide(
          promotion.id,
          { verdict: 'withdraw', ...(reason ? { reason } : {}) },
          { signal },
        )
      }
      onClose={props.onClose}
      onDone={props.onDone}
    >
      <p>
        Your place is open again and somebody who may can fill it, you too. The
        promotion goes on waiting.
      </p>
    </ReasonDialog>
  );
}
