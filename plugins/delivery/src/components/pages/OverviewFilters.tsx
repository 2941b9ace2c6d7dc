// SPDX-License-Identifier: Apache-2.0
import { styled } from '@mui/material/styles';
import { personName } from '../../view/personName';
import { ActionButton } from '../ActionButton';
import { Subtle } from '../Subtle';

const Row = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  gap: 10,
  padding: '10px 12px',
  alignItems: 'center',
  borderBottom: '1px solid var(--dlv-border)',
  '& input, & select': {
    border: '1px solid var(--dlv-line)',
    borderRadius: 4,
    background: 'var(--dlv-paper)',
    color: 'var(--dlv-text)',
    font: 'inherit',
    fontSize: 13,
    lineHeight: '18px',
    padding: '5px 10px',
    minHeight: 30,
  },
  '& ::placeholder': { color: 'var(--dlv-subtle)', opacity: 1 },
  '& input': { width: 250, maxWidth: '100%' },
});

/** What narrows the overview besides the states. */
export function OverviewFilters(props: {
  text: string;
  owner: string | undefined;
  owners: readonly string[];
  system: string | undefined;
  systems: readonly string[];
  filtered: boolean;
  count: string;
  onText: (text: string) => void;
  onOwner: (owner: string | undefined) => void;
  onSystem: (system: string | undefined) => void;
  onClear: () => void;
}) {
  return (
    <Row role="search" aria-label="Services">
      <input
        type="search"
        aria-label="Search services"
        placeholder="Search services"
        value={props.text}
        onChange={event => props.onText(event.target.value)}
      />
      <select
        aria-label="Owner"
        value={props.owner ?? ''}
        onChange={event => props.onOwner(event.target.value || undefined)}
      >
        <option value="">Owner: all</option>
        {props.owners.map(owner => (
          <option key={owner} value={owner}>
            Owner: {personName(owner)}
          </option>
        ))}
      </select>
      {props.systems.length > 0 && (
        <select
          aria-label="System"
          value={props.system ?? ''}
          onChange={event => props.onSystem(event.target.value || undefined)}
        >
          <option value="">System: all</option>
          {props.systems.map(system => (
            <option key={system} value={system}>
              System: {personName(system)}
            </option>
          ))}
        </select>
      )}
      {props.filtered && (
        <ActionButton small look="text" onPress={props.onClear}>
          Clear filters
        </ActionButton>
      )}
      <Subtle style={{ marginLeft: 'auto', fontSize: 12 }} role="status">
        {props.count}
      </Subtle>
    </Row>
  );
}
