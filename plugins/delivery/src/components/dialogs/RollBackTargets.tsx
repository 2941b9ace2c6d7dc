// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/core-plugin-api';
import { styled } from '@mui/material/styles';
import type { EnvironmentDelivery } from 'backstage-plugin-delivery-common';
import { useCallback } from 'react';
import { deliveryApiRef } from '../../api/deliveryApiRef';
import { useLoad } from '../../hooks/useLoad';
import { CHANGE_KINDS } from '../../view/CHANGE_KINDS';
import { formatMoment } from '../../view/formatMoment';
import type { ViewClock } from '../../view/ViewClock';
import { DataTable } from '../DataTable';
import { Icon } from '../Icon';
import { Mono } from '../Mono';
import { Subtle } from '../Subtle';

const NEWEST = 50;

const Frame = styled('div')({
  border: '1px solid var(--dlv-border)',
  borderRadius: 4,
  marginTop: 6,
  '& tr.chosen': { background: 'var(--dlv-selected)' },
  '& input': {
    width: 18,
    height: 18,
    margin: 0,
    accentColor: 'var(--dlv-primary)',
  },
  '& label': { cursor: 'pointer' },
});

/** The Releases that were verified here, one of which is chosen. */
export function RollBackTargets(props: {
  service: string;
  environment: string;
  targets: EnvironmentDelivery['rollback']['targets'];
  chosen: string;
  onChoose: (releaseId: string) => void;
  clock: ViewClock;
}) {
  const { service, environment, targets, clock } = props;
  const api = useApi(deliveryApiRef);
  const releases = useLoad(
    useCallback(
      (signal: AbortSignal) =>
        api.listReleases(service, { limit: NEWEST }, { signal }),
      [api, service],
    ),
  );
  return (
    <>
      <Subtle style={{ fontSize: 12 }}>
        Only releases verified in {environment} can be chosen.
      </Subtle>
      <Frame
        role="radiogroup"
        aria-label={`Releases verified in ${environment}`}
      >
        <DataTable>
          <thead>
            <tr>
              <th scope="col" aria-label="Choice" style={{ width: 34 }} />
              <th scope="col">Release</th>
              <th scope="col">Change</th>
              <th scope="col">Result</th>
            </tr>
          </thead>
          <tbody>
            {targets.map(target => {
              const release = releases.value?.items.find(
                ({ id }) => id === target.releaseId,
              );
              const kind = release && CHANGE_KINDS[release.change.kind];
              const inputId = `rollback-${target.number}`;
              const chosen = target.releaseId === props.chosen;
              return (
                <tr key={target.releaseId} className={chosen ? 'chosen' : ''}>
                  <td>
                    <input
                      type="radio"
                      id={inputId}
                      name="rollback-target"
                      checked={chosen}
                      onChange={() => props.onChoose(target.releaseId)}
                    />
                  </td>
                  <td>
                    <label htmlFor={inputId}>
                      <b>Release {target.number}</b>
                      <br />
                      <Subtle>
                        <Mono>{release?.images[0]?.tag}</Mono>
                      </Subtle>
                    </label>
                  </td>
                  <td>
                    {kind && (
                      <>
                        <Icon name={kind.icon} size={13} /> {kind.long}
                      </>
                    )}
                  </td>
                  <td>
                    <b style={{ color: 'var(--dlv-ok)' }}>
                      <Icon name="check" size={14} /> Verified
                    </b>
                    <br />
                    <Subtle>{formatMoment(target.verifiedAt, clock)}</Subtle>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </DataTable>
      </Frame>
    </>
  );
}
