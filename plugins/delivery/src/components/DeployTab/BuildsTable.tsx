// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/core-plugin-api';
import { useCallback } from 'react';
import { deliveryApiRef } from '../../api/deliveryApiRef';
import { usePagedList } from '../../hooks/usePagedList';
import { buildRows } from '../../view/buildRows';
import type { ViewClock } from '../../view/ViewClock';
import { DataTable } from '../DataTable';
import { HealthChip } from '../HealthChip';
import { ListFooter } from '../ListFooter';
import { ListState } from '../ListState';
import { Mono } from '../Mono';
import { OutLink } from '../OutLink';
import { Subtle } from '../Subtle';
import { When } from '../When';

const PAGE = 10;

/** The Jenkins builds of a Service. */
export function BuildsTable(props: { service: string; clock: ViewClock }) {
  const { service, clock } = props;
  const api = useApi(deliveryApiRef);
  const load = useCallback(
    (cursor: string | undefined, signal: AbortSignal) =>
      api.listBuilds(service, { cursor, limit: PAGE }, { signal }),
    [api, service],
  );
  const list = usePagedList(load, service);
  return (
    <ListState
      items={list.value?.items}
      error={list.error}
      what="The Jenkins builds"
      empty="No Jenkins build is known yet."
      onRetry={list.refresh}
    >
      {builds => (
        <>
          <div style={{ overflowX: 'auto' }}>
            <DataTable>
              <thead>
                <tr>
                  <th scope="col">Build</th>
                  <th scope="col">Result</th>
                  <th scope="col">Commit</th>
                  <th scope="col">Unit tests</th>
                  <th scope="col">Took</th>
                  <th scope="col">When</th>
                  <th scope="col">Release</th>
                </tr>
              </thead>
              <tbody>
                {buildRows(builds, clock).map(row => (
                  <tr key={row.key}>
                    <td style={{ whiteSpace: 'nowrap' }}>
                      <b>
                        {row.url ? (
                          <OutLink to={row.url}>{row.title}</OutLink>
                        ) : (
                          row.title
                        )}
                      </b>{' '}
                      <Subtle>{row.job}</Subtle>
                    </td>
                    <td>
                      <HealthChip {...row.result} />
                    </td>
                    <td>
                      {row.commit && <Mono>{row.commit}</Mono>}{' '}
                      <Subtle>{row.cause}</Subtle>
                    </td>
                    <td>{row.tests}</td>
                    <td style={{ whiteSpace: 'nowrap' }}>{row.took}</td>
                    <td style={{ whiteSpace: 'nowrap' }}>
                      <When at={row.when.at}>{row.when.text}</When>
                    </td>
                    <td>{row.release ?? <Subtle>None</Subtle>}</td>
                  </tr>
                ))}
              </tbody>
            </DataTable>
          </div>
          <ListFooter
            text={`Newest ${builds.length} builds.`}
            more={list.value?.more ?? false}
            onMore={list.showMore}
          />
        </>
      )}
    </ListState>
  );
}
