// SPDX-License-Identifier: Apache-2.0
import Skeleton from '@mui/material/Skeleton';
import { styled } from '@mui/material/styles';
import { VisuallyHidden } from '../VisuallyHidden';

const Tiles = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fit, minmax(208px, 1fr))',
  gap: '16px 40px',
  maxWidth: 776,
});

const TILES = ['first', 'second', 'third'];

/** The shape of the path, on the first load only. */
export function DeploySkeleton() {
  return (
    <div aria-busy>
      <VisuallyHidden role="status">Loading the promotion path</VisuallyHidden>
      <Skeleton width={180} height={32} />
      <Tiles>
        {TILES.map(tile => (
          <Skeleton
            key={tile}
            variant="rectangular"
            height={200}
            sx={{ borderRadius: '6px' }}
          />
        ))}
      </Tiles>
    </div>
  );
}
