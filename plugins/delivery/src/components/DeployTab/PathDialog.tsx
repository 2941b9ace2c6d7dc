// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/core-plugin-api';
import type { ServiceDelivery } from 'backstage-plugin-delivery-common';
import { deliveryApiRef } from '../../api/deliveryApiRef';
import type { NowAction } from '../../view/nowView';
import type { ViewClock } from '../../view/ViewClock';
import { promotionsInto } from '../../view/promotionsInto';
import { CancelDialog } from '../dialogs/CancelDialog';
import { HoldDialog } from '../dialogs/HoldDialog';
import { OverrideDialog } from '../dialogs/OverrideDialog';
import { PromoteDialog } from '../dialogs/PromoteDialog';
import { ReasonDialog } from '../dialogs/ReasonDialog';
import { ResolveDialog } from '../dialogs/ResolveDialog';
import { RollBackDialog } from '../dialogs/RollBackDialog';
import type { PanelAct } from './PanelActions';

/** Which dialog of the Deploy tab is open. */
export type OpenedDialog = Exclude<NowAction, { kind: 'refresh' }> | PanelAct;

/** The dialog that is open on the Deploy tab. */
export function PathDialog(props: {
  dialog: OpenedDialog;
  service: ServiceDelivery;
  clock: ViewClock;
  refresh: () => void;
  onClose: () => void;
}) {
  const { dialog, service, onClose } = props;
  const api = useApi(deliveryApiRef);
  const onDone = () => {
    props.refresh();
    onClose();
  };
  switch (dialog.kind) {
    case 'promote':
      return (
        <PromoteDialog
          {...props}
          from={dialog.from}
          to={dialog.to}
          onDone={onDone}
        />
      );
    case 'roll-back':
    case 'bring-back': {
      const environment = service.environments.find(
        ({ name }) => name === dialog.environment,
      );
      return environment ? (
        <RollBackDialog
          {...props}
          environment={environment}
          releaseNumber={
            dialog.kind === 'bring-back' ? dialog.releaseNumber : undefined
          }
          onDone={onDone}
        />
      ) : null;
    }
    case 'cancel':
      return (
        <CancelDialog
          promotion={dialog.promotion}
          onClose={onClose}
          onDone={onDone}
        />
      );
    case 'resolve':
      return (
        <ResolveDialog
          promotion={dialog.promotion}
          resolution={dialog.resolution}
          onClose={onClose}
          onDone={onDone}
        />
      );
    case 'hold':
      return (
        <HoldDialog
          service={service.service}
          environment={dialog.environment}
          onClose={onClose}
          onDone={onDone}
        />
      );
    case 'override': {
      const waiting = promotionsInto(service, dialog.environment).waiting[0];
      return waiting ? (
        <OverrideDialog promotion={waiting} onClose={onClose} onDone={onDone} />
      ) : null;
    }
    case 'lift-hold':
      return (
        <ReasonDialog
          title={`Lift the hold on ${dialog.environment}`}
          act={`Lift the hold on ${dialog.environment}`}
          onAct={(reason, _, signal) =>
            api.liftHold(
              service.service,
              dialog.environment,
              { reason },
              { signal },
            )
          }
          onClose={onClose}
          onDone={onDone}
        >
          <p>
            Promotions to {dialog.environment} are possible again, and releases
            enter by themselves where the path says so. What waits starts as
            soon as every gate passes.
          </p>
        </ReasonDialog>
      );
    default: {
      const id = service.environments.find(
        ({ name }) => name === dialog.environment,
      )?.changedOutside?.id;
      return (
        <ReasonDialog
          title={`Accept what runs in ${dialog.environment} for now`}
          act="Accept for now"
          onAct={(reason, _, signal) =>
            api.acknowledge(
              service.service,
              dialog.environment,
              { id: id ?? '', reason },
              { signal },
            )
          }
          onClose={onClose}
          onDone={onDone}
        >
          <p>
            You say that you have looked at the change from outside. What runs
            stays as it is, and promotions into {dialog.environment} are
            possible again. Your name and your reason stand in the history.
          </p>
        </ReasonDialog>
      );
    }
  }
}
