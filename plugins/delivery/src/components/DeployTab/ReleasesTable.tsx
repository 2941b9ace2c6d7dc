// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/core-plugin-api';
import { styled } from '@mui/material/styles';
import type { ServiceDelivery } from 'backstage-plugin-delivery-common';
import { useCallback } from 'react';
import { deliveryApiRef } from '../../api/deliveryApiRef';
import { usePagedList } from '../../hooks/usePagedList';
import { counted } from '../../view/counted';
import { releaseMatrix, type MatrixCell } from '../../view/releaseMatrix';
import type { ViewClock } from '../../view/ViewClock';
import { DataTable } from '../DataTable';
import { HealthChip } from '../HealthChip';
import { Icon } from '../Icon';
import { ListFooter } from '../ListFooter';
import { ListState } from '../ListState';
import { Mono } from '../Mono';
import { Subtle } from '../Subtle';
import { When } from '../When';
import { ReleaseMenu } from './ReleaseMenu';
import { ROWS } from './ROWS';

const PAGE = 10;

const Matrix = styled(DataTable)({
  '& td': { whiteSpace: 'nowrap', padding: '5px 8px', height: 33 },
  '& th': { padding: '8px 8px' },
  [ROWS]: { '& .wide': { display: 'none' } },
});

const Tag = styled(Mono)({
  color: 'var(--dlv-subtle)',
  display: 'inline-block',
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  verticalAlign: 'bottom',
});

const Name = styled('div')({
  display: 'flex',
  alignItems: 'center',
  gap: 5,
  '& > :last-child': { marginLeft: 'auto', padding: 3 },
});

const Marked = styled('div')({
  color: 'var(--dlv-bad)',
  fontSize: 12,
  whiteSpace: 'normal',
  maxWidth: 160,
  overflowWrap: 'anywhere',
});

/** Releases by Environments. */
export function ReleasesTable(props: {
  service: ServiceDelivery;
  clock: ViewClock;
}) {
  const { service, clock } = props;
  const api = useApi(deliveryApiRef);
  const load = useCallback(
    (cursor: string | undefined, signal: AbortSignal) =>
      api.listReleases(service.service, { cursor, limit: PAGE }, { signal }),
    [api, service.service],
  );
  const list = usePagedList(load, service.service);
  return (
    <ListState
      items={list.value?.items}
      error={list.error}
      what="The releases"
      empty="No release yet. The first one appears after the first Jenkins build of the chart job."
      onRetry={list.refresh}
    >
      {releases => (
        <>
          <div style={{ overflowX: 'auto' }}>
            <Matrix>
              <thead>
                <tr>
                  <th scope="col">Release</th>
                  <th scope="col" className="wide">
                    Change
                  </th>
                  <th scope="col" className="wide">
                    Built
                  </th>
                  {service.environments.map(({ name }) => (
                    <th scope="col" key={name}>
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {releaseMatrix(service, releases, clock).map(row => (
                  <tr key={row.id}>
                    <td>
                      <Name>
                        <b>{row.number}</b>{' '}
                        <Tag
                          title={row.tag}
                          style={{ maxWidth: roomFor(service) }}
                        >
                          {row.tag}
                        </Tag>
                        <ReleaseMenu
                          service={service.service}
                          release={row.number}
                          marked={row.marked !== undefined}
                          onDone={list.refresh}
                        />
                      </Name>
                      {row.marked && (
                        <Marked>
                          <Icon name="cancel" tone="bad" size={13} />{' '}
                          <b>Marked bad</b> {row.marked}
                        </Marked>
                      )}
                    </td>
                    <td className="wide">
                      <Icon name={row.change.icon} size={13} />{' '}
                      {row.change.label}
                    </td>
                    <td className="wide">
                      <Subtle>
                        <When at={row.built.at}>{row.built.text}</When>
                      </Subtle>
                    </td>
                    {row.cells.map(cell => (
                      <td key={cell.environment}>
                        <Cell cell={cell} />
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </Matrix>
          </div>
          <ListFooter
            text={
              list.value?.more
                ? `Newest ${releases.length} releases.`
                : `${counted(releases.length, 'release')}.`
            }
            more={list.value?.more ?? false}
            onMore={list.showMore}
          />
        </>
      )}
    </ListState>
  );
}

const FEW = 3;

/** How wide an image tag may be drawn beside that many Environments; pixels. */
function roomFor({ environments }: ServiceDelivery): number {
  return environments.length > FEW ? 76 : 170;
}

function Cell({ cell }: { cell: MatrixCell }) {
  switch (cell.kind) {
    case 'chip':
      return <HealthChip {...cell} />;
    case 'past':
      return (
        <Subtle>
          <Icon
            name={cell.icon}
            size={13}
            tone={cell.tone === 'unknown' ? undefined : cell.tone}
          />{' '}
          {cell.label}
        </Subtle>
      );
    default:
      return <Subtle>{cell.label}</Subtle>;
  }
}
