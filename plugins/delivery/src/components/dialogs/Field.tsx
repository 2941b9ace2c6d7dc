// SPDX-License-Identifier: Apache-2.0
import { styled } from '@mui/material/styles';
import { useId } from 'react';

const Frame = styled('div')({
  marginTop: 10,
  '& label': {
    display: 'block',
    fontSize: 12,
    fontWeight: 700,
    marginBottom: 3,
  },
  '& label > span': { fontWeight: 400, color: 'var(--dlv-subtle)' },
  '& textarea, & input': {
    display: 'block',
    width: '100%',
    boxSizing: 'border-box',
    border: '1px solid var(--dlv-line)',
    borderRadius: 4,
    background: 'var(--dlv-paper)',
    padding: '7px 10px',
    fontSize: 13,
    lineHeight: '18px',
    color: 'var(--dlv-text)',
    fontFamily: 'inherit',
    resize: 'vertical',
  },
  '& ::placeholder': { color: 'var(--dlv-subtle)', opacity: 1 },
});

/** A field of text with its name above it. */
export function Field(props: {
  name: string;
  /** "(required, shown in the history)" */
  hint?: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  lines?: number;
  required?: boolean;
}) {
  const id = useId();
  const shared = {
    id,
    value: props.value,
    placeholder: props.placeholder,
    'aria-required': props.required,
  };
  return (
    <Frame>
      <label htmlFor={id}>
        {props.name} {props.hint && <span>{props.hint}</span>}
      </label>
      {props.lines ? (
        <textarea
          {...shared}
          rows={props.lines}
          maxLength={1000}
          onChange={event => props.onChange(event.target.value)}
        />
      ) : (
        <input
          {...shared}
          maxLength={100}
          onChange={event => props.onChange(event.target.value)}
        />
      )}
    </Frame>
  );
}
