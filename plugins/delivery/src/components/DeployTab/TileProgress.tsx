// SPDX-License-Identifier: Apache-2.0
import { styled } from '@mui/material/styles';
import type { TileView } from '../../view/tileView';

const Bar = styled('div')({
  height: 6,
  borderRadius: 3,
  background: 'var(--dlv-unknown-tint)',
  overflow: 'hidden',
  margin: '6px 0 4px',
  '& > i': {
    display: 'block',
    height: '100%',
    background: 'var(--dlv-run-line)',
    transition: 'width .3s',
  },
});

/** How far a Promotion has come in an Environment. */
export function TileProgress(props: {
  progress: NonNullable<TileView['progress']>;
}) {
  const { ready, desired, label, text } = props.progress;
  const [phase, ...rest] = text.split(':');
  return (
    <>
      {ready !== undefined && desired !== undefined && desired > 0 && (
        <Bar
          role="progressbar"
          aria-valuemin={0}
          aria-valuemax={desired}
          aria-valuenow={ready}
          aria-label={label}
        >
          <i style={{ width: `${Math.round((100 * ready) / desired)}%` }} />
        </Bar>
      )}
      <div>
        <b style={{ color: 'var(--dlv-text)' }}>{phase}</b>
        {rest.length > 0 && `:${rest.join(':')}`}
      </div>
    </>
  );
}
