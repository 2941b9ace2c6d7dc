// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/core-plugin-api';
import Skeleton from '@mui/material/Skeleton';
import { styled } from '@mui/material/styles';
import { useCallback } from 'react';
import { deliveryApiRef } from '../../api/deliveryApiRef';
import { useLoad } from '../../hooks/useLoad';
import { whatGoesBack } from '../../view/whatGoesBack';
import { ErrorNotice } from '../ErrorNotice';
import { Icon } from '../Icon';
import { ValuesDiff } from './ValuesDiff';

const List = styled('ul')({
  fontSize: 12.5,
  lineHeight: '18px',
  display: 'grid',
  gap: 5,
});

/** What a roll back takes back besides the code. */
export function WhatGoesBack(props: {
  service: string;
  environment: string;
  releaseId: string;
}) {
  const { service, environment, releaseId } = props;
  const api = useApi(deliveryApiRef);
  const diff = useLoad(
    useCallback(
      (signal: AbortSignal) =>
        api.getDiff(service, { environment, to: releaseId }, { signal }),
      [api, service, environment, releaseId],
    ),
  );
  return (
    <>
      {diff.loading && <Skeleton height={60} />}
      {diff.error && (
        <ErrorNotice
          error={diff.error}
          title="What changes could not be loaded"
          onRetry={diff.reload}
        />
      )}
      <List>
        {whatGoesBack(environment, diff.value).map(line => (
          <li key={line.what}>
            <Icon name={line.icon} size={14} /> <b>{line.what}</b> {line.text}
          </li>
        ))}
      </List>
      {diff.value && diff.value.values.state === 'known' && (
        <div style={{ marginTop: 8 }}>
          <ValuesDiff diff={diff.value} />
        </div>
      )}
    </>
  );
}
