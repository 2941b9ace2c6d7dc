// SPDX-License-Identifier: Apache-2.0
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';

/** One thing to choose; `label` is what people read. */
export interface Option {
  value: string;
  label: string;
}

/** A drop-down of a few known values. */
export function Choice(props: {
  label: string;
  value: string;
  options: readonly Option[];
  onChange: (value: string) => void;
}) {
  const { label, value, options, onChange } = props;
  const known = options.some(option => option.value === value);
  return (
    <TextField
      select
      size="small"
      label={label}
      value={known ? value : ''}
      onChange={event => onChange(event.target.value)}
      disabled={options.length === 0}
      sx={{ minWidth: 140 }}
    >
      {options.map(option => (
        <MenuItem key={option.value} value={option.value}>
          {option.label}
        </MenuItem>
      ))}
    </TextField>
  );
}

/** The same value as its own label. */
export function plainOptions(values: readonly string[]): Option[] {
  return values.map(value => ({ value, label: value }));
}
