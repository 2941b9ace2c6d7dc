// SPDX-License-Identifier: Apache-2.0
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useServiceDelivery } from '../../hooks/useServiceDelivery';
import { useViewClock } from '../../hooks/useViewClock';
import { DeliveryRoot } from '../../theme/DeliveryRoot';
import { errorText } from '../../view/errorText';
import { formatWhen } from '../../view/formatWhen';
import { ActionButton } from '../ActionButton';
import { Alert } from '../Alert';
import { ErrorNotice } from '../ErrorNotice';
import { DeploySkeleton } from './DeploySkeleton';
import { FirstUse } from './FirstUse';
import { ServicePath } from './ServicePath';

/**
 * The Deploy tab of an entity page.
 *
 * @remarks
 * What was loaded stays on the screen while it is loaded again and when that
 * fails; then it says how old it is and why.
 */
export function DeployTab() {
  const { entity } = useEntity();
  const service = stringifyEntityRef(entity);
  const { value, receivedAt, error, refresh } = useServiceDelivery(service);
  const clock = useViewClock({ asOf: value?.asOf, receivedAt });
  return (
    <DeliveryRoot>
      {!value && error && (
        <ErrorNotice
          error={error}
          title={`Where ${entity.metadata.name} is could not be loaded`}
          onRetry={refresh}
        />
      )}
      {!value && !error && <DeploySkeleton />}
      {value && error && (
        <div style={{ marginBottom: 12 }}>
          <Alert
            tone="warn"
            urgent
            title={`What you see is from ${formatWhen(value.asOf, clock)}`}
            actions={
              <ActionButton small onPress={refresh}>
                Try again
              </ActionButton>
            }
          >
            {errorText(error).title}: {errorText(error).detail}
          </Alert>
        </div>
      )}
      {value?.setup === 'incomplete' && (
        <FirstUse service={value} entity={entity} onCheck={refresh} />
      )}
      {value?.setup === 'complete' && (
        <ServicePath service={value} clock={clock} refresh={refresh} />
      )}
    </DeliveryRoot>
  );
}
