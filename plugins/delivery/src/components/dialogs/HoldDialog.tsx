// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/core-plugin-api';
import type { HoldBody } from 'backstage-plugin-delivery-common';
import { useState } from 'react';
import { deliveryApiRef } from '../../api/deliveryApiRef';
import { Choices } from './Choices';
import { ReasonDialog } from './ReasonDialog';

/** Keeps Releases out of an Environment until somebody lifts it. */
export function HoldDialog(props: {
  service: string;
  environment: string;
  onClose: () => void;
  onDone: () => void;
}) {
  const { service, environment } = props;
  const api = useApi(deliveryApiRef);
  const [scope, setScope] = useState<HoldBody['scope']>('all');
  return (
    <ReasonDialog
      title={`Hold promotions to ${environment}`}
      act={`Hold promotions to ${environment}`}
      touched={scope !== 'all'}
      onAct={(reason, _, signal) =>
        api.hold(service, environment, { scope, reason }, { signal })
      }
      onClose={props.onClose}
      onDone={props.onDone}
    >
      <p>
        What runs in {environment} stays as it is. What is under way there goes
        on; what waits goes on waiting until the hold is lifted.
      </p>
      <Choices<HoldBody['scope']>
        name="What is held"
        choices={[
          {
            value: 'all',
            label: 'Everything but roll backs',
            more: `${environment} is pinned to what runs there now.`,
          },
          {
            value: 'automatic',
            label: 'What enters by itself',
            more: 'People can still promote.',
          },
        ]}
        chosen={[scope]}
        onChange={([chosen]) => chosen && setScope(chosen)}
      />
    </ReasonDialog>
  );
}
