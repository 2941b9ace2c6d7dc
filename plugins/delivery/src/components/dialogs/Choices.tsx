// SPDX-License-Identifier: Apache-2.0
import { styled } from '@mui/material/styles';
import { useId } from 'react';

const Frame = styled('fieldset')({
  border: 0,
  margin: '12px 0 0',
  padding: 0,
  minWidth: 0,
  '& legend': { fontSize: 12, fontWeight: 700, padding: 0, marginBottom: 3 },
  '& label': {
    display: 'grid',
    gridTemplateColumns: '24px 1fr',
    alignItems: 'start',
    fontSize: 12.5,
    lineHeight: '18px',
    padding: '3px 0',
    minHeight: 24,
    cursor: 'pointer',
  },
  '& input': {
    margin: '2px 0 0',
    width: 16,
    height: 16,
    accentColor: 'var(--dlv-primary)',
  },
  '& small': { display: 'block', fontSize: 12, color: 'var(--dlv-subtle)' },
});

/** One thing that can be chosen. */
export type Choice<T extends string> = {
  value: T;
  label: string;
  more?: string;
};

/** One, or some, of a few things. */
export function Choices<T extends string>(props: {
  name: string;
  choices: readonly Choice<T>[];
  chosen: readonly T[];
  /** Whether several may be chosen. */
  several?: boolean;
  onChange: (chosen: T[]) => void;
}) {
  const { chosen, several } = props;
  const id = useId();
  const toggled = (value: T) =>
    chosen.includes(value)
      ? chosen.filter(each => each !== value)
      : [...chosen, value];
  return (
    <Frame>
      <legend>{props.name}</legend>
      {props.choices.map(({ value, label, more }) => (
        <label key={value}>
          <input
            type={several ? 'checkbox' : 'radio'}
            name={id}
            checked={chosen.includes(value)}
            onChange={() => props.onChange(several ? toggled(value) : [value])}
          />
          <span>
            {label}
            {more && <small>{more}</small>}
          </span>
        </label>
      ))}
    </Frame>
  );
}
