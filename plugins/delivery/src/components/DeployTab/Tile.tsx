// SPDX-License-Identifier: Apache-2.0
import Card from '@mui/material/Card';
import CardActions from '@mui/material/CardActions';
import { styled } from '@mui/material/styles';
import type { KeyboardEvent } from 'react';
import type { TileView } from '../../view/tileView';
import { HealthChip } from '../HealthChip';
import { Icon } from '../Icon';
import { Mono } from '../Mono';
import { When } from '../When';
import { PromoteControl } from './PromoteControl';
import { ROWS } from './ROWS';
import { TileProgress } from './TileProgress';

const Frame = styled(Card, {
  shouldForwardProp: prop =>
    prop !== 'chosen' && prop !== 'unseen' && prop !== 'bar',
})<{ chosen: boolean; unseen: boolean; bar: TileView['bar'] }>(
  ({ chosen, unseen, bar }) => ({
    position: 'relative',
    display: 'flex',
    flexDirection: 'column',
    width: '100%',
    overflow: 'visible',
    borderRadius: 6,
    boxShadow: 'none',
    color: 'var(--dlv-text)',
    border: `1px ${
      unseen ? 'dashed var(--dlv-line)' : 'solid var(--dlv-border)'
    }`,
    background: 'var(--dlv-paper)',
    '&::before': {
      content: '""',
      position: 'absolute',
      left: -1,
      right: -1,
      top: -1,
      height: 4,
      borderRadius: '6px 6px 0 0',
      background: unseen
        ? 'repeating-linear-gradient(90deg, var(--dlv-unknown-line) 0 8px, transparent 8px 14px)'
        : `var(--dlv-${bar}-line)`,
    },
    ...(chosen
      ? {
          borderColor: 'var(--dlv-primary)',
          boxShadow: '0 0 0 2px var(--dlv-primary)',
          background: 'var(--dlv-selected)',
        }
      : {}),
    [ROWS]: {
      flexDirection: 'row',
      '&::before': {
        top: -1,
        bottom: -1,
        right: 'auto',
        width: 4,
        height: 'auto',
        borderRadius: '6px 0 0 6px',
      },
    },
    '@container (max-width: 480px)': { flexDirection: 'column' },
  }),
);

const Upper = styled('div')({
  position: 'relative',
  padding: '14px 12px 8px',
  flex: 1,
  minWidth: 0,
  [ROWS]: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)',
    gap: '0 12px',
    padding: '10px 12px 10px 16px',
    alignContent: 'start',
  },
  '@container (max-width: 480px)': {
    gridTemplateColumns: 'minmax(0, 1fr)',
  },
});

const Top = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '4px 6px',
  marginBottom: 6,
  '& h3': {
    fontSize: 15,
    lineHeight: '22px',
    flex: '1 0 auto',
    whiteSpace: 'nowrap',
  },
  [ROWS]: { gridColumn: '1 / -1', '& h3': { flex: 'none' } },
});

/** The name is the button; its area covers the whole upper part of the tile. */
const Name = styled('button')({
  appearance: 'none',
  background: 'none',
  border: 0,
  padding: 0,
  margin: 0,
  font: 'inherit',
  color: 'inherit',
  cursor: 'pointer',
  textAlign: 'left',
  '&::after': { content: '""', position: 'absolute', inset: 0 },
  '&&:focus-visible': { outline: 'none' },
  '&:focus-visible::after': {
    outline: '2px solid var(--dlv-link)',
    outlineOffset: 2,
    borderRadius: 6,
  },
});

const Title = styled('div')({
  fontSize: 14,
  fontWeight: 700,
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'baseline',
  columnGap: 6,
  marginBottom: 3,
  [ROWS]: { gridColumn: 1, margin: 0 },
});

const Kind = styled('span')({
  fontSize: 11.5,
  fontWeight: 400,
  color: 'var(--dlv-subtle)',
  whiteSpace: 'nowrap',
});

const Facts = styled('div')({
  fontSize: 12,
  lineHeight: '18px',
  color: 'var(--dlv-subtle)',
  overflowWrap: 'anywhere',
  [ROWS]: { gridColumn: 1 },
});

const Machine = styled(Mono)({
  color: 'var(--dlv-text)',
  fontSize: 11.5,
  '& > span': { display: 'inline-block' },
});

/** Quiet, and no longer than two lines: all of it is in the panel. */
const Warning = styled(Mono)({
  display: '-webkit-box',
  WebkitBoxOrient: 'vertical',
  WebkitLineClamp: 2,
  overflow: 'hidden',
  fontSize: 11.5,
});

const Notes = styled('ul')({
  [ROWS]: { gridColumn: 2, gridRow: '2 / 4' },
  '@container (max-width: 480px)': { gridColumn: 1, gridRow: 'auto' },
  '& li': {
    marginTop: 6,
    fontSize: 12,
    lineHeight: '16px',
    display: 'flex',
    gap: 5,
    [ROWS]: { marginTop: 2 },
  },
});

const Actions = styled(CardActions)({
  display: 'block',
  padding: '0 12px 12px',
  [ROWS]: {
    width: 236,
    padding: 12,
    borderLeft: '1px solid var(--dlv-border)',
    flex: 'none',
  },
  '@container (max-width: 480px)': {
    width: 'auto',
    borderLeft: 0,
    padding: '0 12px 12px 16px',
  },
});

/** One Environment on the path. */
export function Tile(props: {
  tile: TileView;
  chosen: boolean;
  onChoose: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
  nameRef: (element: HTMLButtonElement | null) => void;
  onPromote: (from: string, to: string) => void;
}) {
  const { tile } = props;
  return (
    <Frame
      chosen={props.chosen}
      unseen={tile.unseen}
      bar={tile.bar}
      data-environment={tile.name}
    >
      <Upper>
        <Top>
          <h3>
            <Name
              ref={props.nameRef}
              type="button"
              aria-pressed={props.chosen}
              aria-controls="delivery-detail"
              onClick={props.onChoose}
              onKeyDown={props.onKeyDown}
            >
              {tile.name}
            </Name>
          </h3>
          <HealthChip {...tile.health} />
        </Top>
        <Title>
          {tile.title}
          {tile.becomes !== undefined ? (
            <span style={{ color: 'var(--dlv-run)', whiteSpace: 'nowrap' }}>
              <Icon name="ahead" size={14} /> {tile.becomes}
            </span>
          ) : (
            tile.change && (
              <Kind>
                <Icon name={tile.change.icon} size={12} /> {tile.change.label}
              </Kind>
            )
          )}
        </Title>
        <Facts>
          {tile.image && (
            <div>
              <Machine>
                <span>{tile.image.tag}</span> <span>@ {tile.image.digest}</span>
              </Machine>
            </div>
          )}
          {tile.versions && (
            <div>
              chart {tile.versions.chart} · values{' '}
              <Machine>{tile.versions.values}</Machine>
            </div>
          )}
          {tile.who && (
            <div>
              <When at={tile.who.at}>{tile.who.text}</When>
            </div>
          )}
          {tile.restarts && <div>{tile.restarts}</div>}
          {tile.warning && (
            <div>
              <Warning title={tile.warning.text}>{tile.warning.text}</Warning>
              Said by Kubernetes{' '}
              <When at={tile.warning.at}>{tile.warning.when}</When>
            </div>
          )}
          {tile.progress && <TileProgress progress={tile.progress} />}
        </Facts>
        <Notes>
          {tile.notes.map(note => (
            <li key={`${note.lead}${note.text}`}>
              <Icon name={note.icon} tone={note.tone} size={14} />
              <span>
                {note.lead && <b>{note.lead}</b>}
                {note.text}
              </span>
            </li>
          ))}
        </Notes>
      </Upper>
      {tile.button && (
        <Actions disableSpacing>
          <PromoteControl
            main={tile.button}
            targets={tile.targets}
            onPromote={props.onPromote}
          />
        </Actions>
      )}
    </Frame>
  );
}
