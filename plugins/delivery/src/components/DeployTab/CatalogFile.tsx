// SPDX-License-Identifier: Apache-2.0
import type { Entity } from '@backstage/catalog-model';
import { styled } from '@mui/material/styles';
import {
  DELIVERY_ANNOTATIONS,
  type Finding,
} from 'backstage-plugin-delivery-common';
import { catalogLines } from '../../view/catalogLines';
import { CopyButton } from '../CopyButton';
import { Section } from '../Section';

const File = styled('pre')({
  margin: 0,
  padding: '12px 0',
  fontFamily: 'var(--dlv-mono)',
  fontSize: 11.5,
  lineHeight: '20px',
  overflowX: 'auto',
  '& > span': {
    display: 'block',
    padding: '0 16px',
    color: 'var(--dlv-subtle)',
  },
  '& > span.added': {
    background: 'var(--dlv-ok-tint)',
    color: 'var(--dlv-ok)',
    fontWeight: 700,
  },
});

/** The catalog file of the entity with the lines that are missing marked. */
export function CatalogFile(props: {
  entity: Entity;
  findings: readonly Finding[];
}) {
  const { entity, findings } = props;
  const known = Object.values(DELIVERY_ANNOTATIONS).flatMap(key => {
    const value = entity.metadata.annotations?.[key];
    return value === undefined ? [] : [[key, value] satisfies [string, string]];
  });
  const lines = catalogLines(
    {
      apiVersion: entity.apiVersion,
      kind: entity.kind,
      name: entity.metadata.name,
    },
    Object.fromEntries(known),
    findings,
  );
  const added = lines.filter(line => line.added);
  if (added.length === 0) {
    return null;
  }
  return (
    <Section aria-label="Add to catalog-info.yaml">
      <div
        style={{
          display: 'flex',
          alignItems: 'center',
          padding: '12px 16px',
          borderBottom: '1px solid var(--dlv-border)',
        }}
      >
        <h3 style={{ fontSize: 15, flex: 1 }}>Add to catalog-info.yaml</h3>
        <CopyButton
          value={added.map(line => line.text).join('\n')}
          what="the missing lines"
        />
      </div>
      <File>
        {lines.map(line => (
          <span key={line.text} className={line.added ? 'added' : undefined}>
            {line.added ? '+ ' : '  '}
            {line.text}
          </span>
        ))}
      </File>
    </Section>
  );
}
