// SPDX-License-Identifier: Apache-2.0
import Skeleton from '@mui/material/Skeleton';
import type { ReactNode } from 'react';
import { ErrorNotice } from './ErrorNotice';
import { Subtle } from './Subtle';

const LINES = ['a', 'b', 'c', 'd'];

/**
 * A list that is loaded, is being loaded for the first time, is empty, or could
 * not be loaded; what was there before stays below the reason.
 */
export function ListState<T>(props: {
  items: readonly T[] | undefined;
  error: Error | undefined;
  /** What could not be loaded: "The history". */
  what: string;
  empty: string;
  onRetry: () => void;
  children: (items: readonly T[]) => ReactNode;
}) {
  const { items, error } = props;
  return (
    <>
      {error && (
        <div style={{ padding: 12 }}>
          <ErrorNotice
            error={error}
            title={
              items
                ? `${props.what} shown may be old`
                : `${props.what} could not be loaded`
            }
            onRetry={props.onRetry}
          />
        </div>
      )}
      {!items && !error && (
        <div style={{ padding: 16 }} aria-busy>
          {LINES.map(line => (
            <Skeleton key={line} height={28} />
          ))}
        </div>
      )}
      {items?.length === 0 && (
        <div style={{ padding: 16 }}>
          <Subtle>{props.empty}</Subtle>
        </div>
      )}
      {items && items.length > 0 && props.children(items)}
    </>
  );
}
