// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/core-plugin-api';
import { styled } from '@mui/material/styles';
import { useCallback, useState } from 'react';
import { deliveryApiRef } from '../../api/deliveryApiRef';
import { useLoad } from '../../hooks/useLoad';
import { ActionButton } from '../ActionButton';
import { ErrorNotice } from '../ErrorNotice';
import { Subtle } from '../Subtle';
import { DeliveryDialog } from './DeliveryDialog';

const Bar = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  gap: 12,
  alignItems: 'center',
  padding: '12px 24px',
  '& select': { font: 'inherit', padding: '4px 6px' },
});

const Lines = styled('pre')({
  margin: '0 24px 16px',
  padding: 12,
  overflow: 'auto',
  fontSize: 12,
  lineHeight: '18px',
  whiteSpace: 'pre-wrap',
  overflowWrap: 'anywhere',
  background: 'var(--dlv-page)',
  border: '1px solid var(--dlv-border)',
  borderRadius: 4,
});

/** What the pods of a service wrote lately, read when it is opened and when it is asked for again. */
export function LogsDialog(props: {
  service: string;
  environment: string;
  onClose: () => void;
}) {
  const { environment, onClose, service } = props;
  const api = useApi(deliveryApiRef);
  const [pod, setPod] = useState<string>();
  const [previous, setPrevious] = useState(false);
  const load = useCallback(
    (signal: AbortSignal) =>
      api.getLogs(service, { environment, pod, previous }, { signal }),
    [api, environment, pod, previous, service],
  );
  const { error, loading, reload, value } = useLoad(load);
  return (
    <DeliveryDialog
      title={`Logs in ${environment}`}
      width={960}
      dirty={false}
      onClose={onClose}
      footer={<ActionButton onPress={onClose}>Close</ActionButton>}
    >
      <Bar>
        {value?.pod && (
          <label>
            Pod{' '}
            <select
              value={value.pod}
              onChange={event => setPod(event.target.value)}
            >
              {value.pods.map(({ name, ready, restarts }) => (
                <option key={name} value={name}>
                  {[
                    name,
                    ready ? '' : ' · not ready',
                    restarts > 0 ? ` · restarted ${restarts} times` : '',
                  ].join('')}
                </option>
              ))}
            </select>
          </label>
        )}
        <label>
          <input
            type="checkbox"
            checked={previous}
            onChange={event => setPrevious(event.target.checked)}
          />{' '}
          Before the last restart
        </label>
        <ActionButton small onPress={reload}>
          Read again
        </ActionButton>
        {loading && <Subtle>Reading…</Subtle>}
        {value?.truncated && <Subtle>Cut off: there is more.</Subtle>}
      </Bar>
      {error && <ErrorNotice error={error} onRetry={reload} />}
      {value && (
        <Lines tabIndex={0} aria-label={`Log of ${value.pod ?? service}`}>
          {sayLog(value)}
        </Lines>
      )}
    </DeliveryDialog>
  );
}

function sayLog({ pod, text }: { pod?: string; text: string }): string {
  if (pod === undefined) {
    return 'No pod runs here.';
  }
  return text === '' ? 'It wrote nothing.' : text;
}
