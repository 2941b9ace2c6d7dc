// SPDX-License-Identifier: Apache-2.0
import { styled } from '@mui/material/styles';
import type { ServiceDelivery } from 'backstage-plugin-delivery-common';
import { Fragment, useRef, type ReactNode } from 'react';
import { neighbourOnPath } from '../../view/neighbourOnPath';
import { pathLayout } from '../../view/pathLayout';
import { promotionsInto } from '../../view/promotionsInto';
import { tileView } from '../../view/tileView';
import type { ViewClock } from '../../view/ViewClock';
import { PathArrowCell } from './PathArrowCell';
import { ROWS } from './ROWS';
import { Tile } from './Tile';

const Grid = styled('ol')({
  display: 'grid',
  rowGap: 16,
  padding: '2px !important',
  margin: '-2px !important',
  overflowX: 'auto',
  [ROWS]: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: 0,
    overflow: 'visible',
  },
});

const Place = styled('li', {
  shouldForwardProp: prop => prop !== 'rail',
})<{ rail?: 'more' | 'last' }>(({ rail }) => ({
  display: 'flex',
  minWidth: 0,
  [ROWS]: rail && {
    position: 'relative',
    paddingLeft: 40,
    marginTop: 12,
    '&::before': {
      content: '""',
      position: 'absolute',
      left: 18,
      top: -12,
      width: 14,
      height: rail === 'more' ? 'calc(100% + 12px)' : 36,
      borderLeft: '2px solid var(--dlv-line)',
      // the tick into the tile, at the height of its name
      background:
        'linear-gradient(var(--dlv-line), var(--dlv-line)) 0 34px / 14px 2px no-repeat',
    },
    '&::after': {
      content: '""',
      position: 'absolute',
      left: 31,
      top: 18,
      borderLeft: '8px solid var(--dlv-line)',
      borderTop: '5px solid transparent',
      borderBottom: '5px solid transparent',
    },
  },
}));

const Now = styled('li')({
  display: 'flex',
  [ROWS]: { order: -1, marginBottom: 16 },
});

/** The Environments in the order of the path, with the Now card between them. */
export function PromotionPath(props: {
  service: ServiceDelivery;
  clock: ViewClock;
  selected: string | undefined;
  onSelect: (environment: string) => void;
  onPromote: (from: string, to: string) => void;
  now: ReactNode;
}) {
  const { service, clock } = props;
  const layout = pathLayout(service.environments);
  const names = useRef(new Map<string, HTMLButtonElement>());
  const places = [...layout.places].sort(
    (a, b) => a.row - b.row || a.column - b.column,
  );
  const forkOf = (name: string) => {
    const from = layout.arrows.find(arrow => arrow.to === name)?.from;
    const targets = layout.arrows.filter(arrow => arrow.from === from);
    return targets.length > 1 ? targets.map(arrow => arrow.to) : [];
  };
  return (
    <Grid
      aria-label="Promotion path"
      style={{ gridTemplateColumns: columnsOf(layout.columns) }}
    >
      {places.map(place => {
        const environment = service.environments.find(
          each => each.name === place.name,
        );
        if (!environment) {
          return null;
        }
        const fork = forkOf(place.name);
        return (
          <Fragment key={place.name}>
            {place.column > 0 && (
              <PathArrowCell
                column={place.column}
                row={place.row}
                arrows={layout.arrows.filter(
                  arrow => arrow.column === place.column,
                )}
                moving={
                  promotionsInto(service, place.name).inFlight !== undefined
                }
                fork={fork.length > 0}
              />
            )}
            <Place
              rail={railOf(fork, place.name)}
              style={{
                gridColumn: place.column * 2 + 1,
                gridRow: place.row + 1,
              }}
            >
              <Tile
                tile={tileView(service, environment, clock)}
                chosen={props.selected === place.name}
                onChoose={() => props.onSelect(place.name)}
                onPromote={props.onPromote}
                nameRef={element => {
                  if (element) {
                    names.current.set(place.name, element);
                  } else {
                    names.current.delete(place.name);
                  }
                }}
                onKeyDown={event => {
                  const to = neighbourOnPath(layout, place.name, event.key);
                  if (to) {
                    event.preventDefault();
                    names.current.get(to)?.focus();
                  }
                }}
              />
            </Place>
          </Fragment>
        );
      })}
      <Now
        style={{
          gridColumn: `1 / ${layout.now.columns * 2}`,
          gridRow: `${layout.now.row + 1} / span ${layout.now.rows}`,
        }}
      >
        {props.now}
      </Now>
    </Grid>
  );
}

function columnsOf(columns: number): string {
  return Array.from({ length: columns }, () => 'minmax(208px, 1fr)').join(
    ' 40px ',
  );
}

function railOf(
  fork: readonly string[],
  name: string,
): 'more' | 'last' | undefined {
  if (fork.length === 0) {
    return undefined;
  }
  return fork.at(-1) === name ? 'last' : 'more';
}
