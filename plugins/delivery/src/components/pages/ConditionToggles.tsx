// SPDX-License-Identifier: Apache-2.0
import { styled } from '@mui/material/styles';
import type { ServiceCondition } from 'backstage-plugin-delivery-common';
import { CONDITIONS } from '../../view/CONDITIONS';
import type { Looks } from '../../view/Looks';
import { Icon } from '../Icon';

const Row = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fit, minmax(130px, 1fr))',
  gap: 12,
  marginBottom: 14,
});

const Toggle = styled('button')({
  appearance: 'none',
  border: 0,
  font: 'inherit',
  color: 'inherit',
  textAlign: 'left',
  cursor: 'pointer',
  padding: '10px 12px',
  background: 'var(--dlv-paper)',
  borderRadius: 4,
  boxShadow: 'var(--dlv-shadow)',
  '&[aria-pressed="true"]': {
    boxShadow: '0 0 0 2px var(--dlv-primary)',
    background: 'var(--dlv-selected)',
  },
  '& > b': { fontSize: 22, lineHeight: '26px', display: 'block' },
  '& > span': { fontSize: 12.5, fontWeight: 700, whiteSpace: 'nowrap' },
});

const ALL: Looks = { label: 'Services', tone: 'unknown', icon: 'truck' };

/** How many Services are in each state; a press filters by it. */
export function ConditionToggles(props: {
  total: number;
  counts: readonly { condition: ServiceCondition; count: number }[];
  chosen: ServiceCondition | undefined;
  onChoose: (condition: ServiceCondition | undefined) => void;
}) {
  const { chosen, onChoose } = props;
  const shown = props.counts.filter(
    ({ condition, count }) =>
      condition !== 'same' && (count > 0 || condition !== 'not-on-path'),
  );
  return (
    <Row role="group" aria-label="Filter by state">
      <One
        looks={ALL}
        count={props.total}
        pressed={chosen === undefined}
        onPress={() => onChoose(undefined)}
      />
      {shown.map(({ condition, count }) => (
        <One
          key={condition}
          looks={CONDITIONS[condition]}
          count={count}
          pressed={chosen === condition}
          onPress={() => onChoose(chosen === condition ? undefined : condition)}
        />
      ))}
    </Row>
  );
}

function One(props: {
  looks: Looks;
  count: number;
  pressed: boolean;
  onPress: () => void;
}) {
  const { looks, count } = props;
  return (
    <Toggle type="button" aria-pressed={props.pressed} onClick={props.onPress}>
      <b>{count}</b>
      <span style={{ color: `var(--dlv-${looks.tone})` }}>
        <Icon name={looks.icon} size={14} /> {looks.label}
      </span>
    </Toggle>
  );
}
