// SPDX-License-Identifier: Apache-2.0
import { styled } from '@mui/material/styles';
import type { Environment } from 'backstage-plugin-delivery-common';
import { HealthChip } from '../HealthChip';
import { Subtle } from '../Subtle';

const Path = styled('ol')({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fit, minmax(160px, 1fr))',
  gap: '16px 24px',
  margin: '16px 0 0 !important',
  '& > li': {
    border: '1px dashed var(--dlv-border)',
    borderTop: '4px solid var(--dlv-unknown-line)',
    borderRadius: 6,
    padding: '11px 12px',
    fontSize: 12,
  },
  '& header': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px 6px',
    marginBottom: 6,
  },
  '& h3': { fontSize: 15, lineHeight: '22px', flex: '1 0 auto' },
});

/** The path as it will be once a Service is set up. */
export function EmptyPath(props: {
  environments: readonly Pick<Environment, 'name' | 'after'>[];
}) {
  return (
    <Path aria-label="What you will see here">
      {props.environments.map(({ name, after }) => (
        <li key={name}>
          <header>
            <h3>{name}</h3>
            <HealthChip label="Nothing yet" tone="unknown" icon="empty" />
          </header>
          <Subtle>
            {after.length > 0
              ? `Promoted from ${after.join(' and ')}.`
              : 'First release appears after the first Jenkins build.'}
          </Subtle>
        </li>
      ))}
    </Path>
  );
}
