// SPDX-License-Identifier: Apache-2.0
import { styled } from '@mui/material/styles';
import { Icon } from '../Icon';
import { Overline } from '../Overline';
import { Subtle } from '../Subtle';

const Frame = styled('div')({
  display: 'grid',
  gridTemplateColumns: '1fr 32px 1fr',
  alignItems: 'center',
  marginBottom: 12,
  '& > div': {
    border: '1px solid var(--dlv-border)',
    borderRadius: 4,
    padding: '8px 12px',
    alignSelf: 'stretch',
  },
  '& > span': { textAlign: 'center', color: 'var(--dlv-subtle)' },
  '& b': { fontSize: 15, display: 'block' },
});

type Side = { where: string; what: string; more: string };

/** From where a Release comes and what it replaces. */
export function Becoming(props: { from: Side; to: Side }) {
  return (
    <Frame>
      <Place {...props.from} />
      <span>
        <Icon name="ahead" size={18} />
      </span>
      <Place {...props.to} />
    </Frame>
  );
}

function Place(props: Side) {
  return (
    <div>
      <Overline as="div">{props.where}</Overline>
      <b>{props.what}</b>
      <Subtle style={{ fontSize: 12 }}>{props.more}</Subtle>
    </div>
  );
}
