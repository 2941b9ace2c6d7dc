// SPDX-License-Identifier: Apache-2.0
import { styled } from '@mui/material/styles';
import type { ReleaseSummary } from 'backstage-plugin-delivery-common';
import { CHANGE_KINDS } from '../../view/CHANGE_KINDS';
import { shortDigest } from '../../view/shortDigest';
import { CopyButton } from '../CopyButton';
import { Icon } from '../Icon';
import { Mono } from '../Mono';

const List = styled('dl')({
  display: 'grid',
  gridTemplateColumns: '62px minmax(0, 1.4fr) 52px minmax(0, 1fr)',
  gap: '3px 8px',
  fontSize: 12.5,
  lineHeight: '19px',
  '& dt': { color: 'var(--dlv-subtle)' },
  '& dd': { overflowWrap: 'anywhere' },
  '@container (max-width: 600px)': {
    gridTemplateColumns: '62px minmax(0, 1fr)',
  },
});

/** What a Release is, beside what it replaces. */
export function ReleaseFacts(props: {
  from: ReleaseSummary | undefined;
  to: ReleaseSummary;
}) {
  const { from, to } = props;
  const kind = CHANGE_KINDS[to.change];
  const image = to.images[0];
  return (
    <List>
      <dt>Change</dt>
      <dd>
        <Icon name={kind.icon} size={13} /> {kind.long}
      </dd>
      <dt>Chart</dt>
      <dd>
        <Becomes before={from?.chartVersion} after={to.chartVersion} />
      </dd>
      {image && (
        <>
          <dt>Image</dt>
          <dd>
            <Mono>
              {image.tag} @ {shortDigest(image.digest)}
            </Mono>
            <CopyButton value={image.digest} what="digest" />
          </dd>
        </>
      )}
      <dt>Values</dt>
      <dd>
        <Mono>
          <Becomes
            before={from?.valuesCommit.slice(0, 7)}
            after={to.valuesCommit.slice(0, 7)}
          />
        </Mono>
      </dd>
    </List>
  );
}

function Becomes(props: { before: string | undefined; after: string }) {
  const { before, after } = props;
  if (before === undefined || before === after) {
    return <b>{after}</b>;
  }
  return (
    <>
      {before} <Icon name="ahead" size={12} /> <b>{after}</b>
    </>
  );
}
