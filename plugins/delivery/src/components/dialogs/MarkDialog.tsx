// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/core-plugin-api';
import { deliveryApiRef } from '../../api/deliveryApiRef';
import { ReasonDialog } from './ReasonDialog';

/** Says that a Release is bad, or takes it back. */
export function MarkDialog(props: {
  service: string;
  release: number;
  mark: 'bad' | 'none';
  onClose: () => void;
  onDone: () => void;
}) {
  const { service, release, mark } = props;
  const api = useApi(deliveryApiRef);
  const bad = mark === 'bad';
  return (
    <ReasonDialog
      title={
        bad ? `Mark Release ${release} as bad` : `Release ${release} is not bad`
      }
      act={bad ? `Mark release ${release} as bad` : `Take back the mark`}
      danger={bad}
      onAct={(reason, _, signal) =>
        api.markRelease(service, release, { mark, reason }, { signal })
      }
      onClose={props.onClose}
      onDone={props.onDone}
    >
      <p>
        {bad
          ? 'Where the gates ask for it, it enters no environment any more, not even by a roll back. What runs stays as it is.'
          : 'It can be promoted again as soon as the gates let it pass.'}
      </p>
    </ReasonDialog>
  );
}
