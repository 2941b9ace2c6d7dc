// SPDX-License-Identifier: Apache-2.0
import { styled } from '@mui/material/styles';
import type { EarliestBar } from '../../view/earliestBars';
import { Subtle } from '../Subtle';

const Row = styled('li')({
  display: 'grid',
  gridTemplateColumns: '118px 1fr 120px',
  gap: 8,
  alignItems: 'center',
  fontSize: 12,
  lineHeight: '22px',
});

const Track = styled('span')({
  height: 10,
  borderRadius: 2,
  background: 'var(--dlv-soft)',
  position: 'relative',
  '& > i': {
    position: 'absolute',
    left: 0,
    top: 0,
    bottom: 0,
    background: 'var(--dlv-warn-line)',
    borderRadius: 2,
  },
});

/** What makes up the earliest time; the bar that decides is solid. */
export function EarliestBars(props: { bars: readonly EarliestBar[] }) {
  return (
    <ul aria-label="How the earliest time is made up" style={{ marginTop: 6 }}>
      {props.bars.map(bar => (
        <Row key={bar.gate}>
          <span>{bar.title}</span>
          {bar.share === undefined ? (
            <Subtle>no time of its own</Subtle>
          ) : (
            <Track aria-hidden>
              <i
                style={{
                  width: `${Math.round(bar.share * 1000) / 10}%`,
                  opacity: bar.decides ? 1 : 0.55,
                }}
              />
            </Track>
          )}
          <span style={{ whiteSpace: 'nowrap' }}>
            {bar.decides ? (
              <>
                <b>{bar.value}</b> decides
              </>
            ) : (
              bar.value
            )}
          </span>
        </Row>
      ))}
    </ul>
  );
}
