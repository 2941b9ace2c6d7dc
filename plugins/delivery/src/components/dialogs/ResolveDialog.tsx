// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/core-plugin-api';
import type { Promotion } from 'backstage-plugin-delivery-common';
import { deliveryApiRef } from '../../api/deliveryApiRef';
import { ReasonDialog } from './ReasonDialog';

/** What a person found about a Promotion whose outcome was not known. */
export function ResolveDialog(props: {
  promotion: Promotion;
  resolution: 'adopt' | 'none-exists' | 'cancel';
  onClose: () => void;
  onDone: () => void;
}) {
  const { promotion, resolution, onClose, onDone } = props;
  const api = useApi(deliveryApiRef);
  const shared = {
    subtitle: `Promotion ${promotion.number}: Release ${promotion.releaseNumber} to ${promotion.environment}`,
    onClose,
    onDone,
  };
  switch (resolution) {
    case 'adopt':
      return (
        <ReasonDialog
          {...shared}
          title="It did start"
          act="Follow this execution"
          extra={{
            name: 'Spinnaker execution',
            hint: '(its id, as Spinnaker shows it)',
            placeholder: '01JD3W8Q6ZK4…',
          }}
          onAct={(reason, executionId, signal) =>
            api.resolve(
              promotion.id,
              { resolution: 'adopt', executionId, reason },
              { signal },
            )
          }
        >
          <p>
            The promotion goes on with the Spinnaker execution you name. It must
            be the one of this promotion; that is checked.
          </p>
        </ReasonDialog>
      );
    case 'none-exists':
      return (
        <ReasonDialog
          {...shared}
          title="It did not start"
          act="No execution exists"
          onAct={(reason, _, signal) =>
            api.resolve(
              promotion.id,
              { resolution: 'none-exists', reason },
              { signal },
            )
          }
        >
          <p>
            You have looked in Spinnaker and no execution of this promotion
            exists. It ends as failed, and {promotion.environment} is free
            again.
          </p>
        </ReasonDialog>
      );
    default:
      return (
        <ReasonDialog
          {...shared}
          title={`Cancel promotion ${promotion.number}`}
          act={`Cancel promotion ${promotion.number}`}
          danger
          onAct={(reason, _, signal) =>
            api.resolve(
              promotion.id,
              { resolution: 'cancel', reason },
              { signal },
            )
          }
        >
          <p>
            The promotion ends, whatever happened. What runs in{' '}
            {promotion.environment} stays as it is.
          </p>
        </ReasonDialog>
      );
  }
}
