// SPDX-License-Identifier: Apache-2.0
import MuiTab from '@mui/material/Tab';
import MuiTabs from '@mui/material/Tabs';

const TAB = {
  minWidth: 0,
  minHeight: 40,
  padding: '12px 14px 10px',
  fontSize: 13,
  fontWeight: 700,
  letterSpacing: 0,
  textTransform: 'none',
  color: 'var(--dlv-subtle)',
  '&:hover': { color: 'var(--dlv-text)', background: 'none' },
  '&.Mui-selected': { color: 'var(--dlv-text)' },
  '&.Mui-focusVisible': {
    outline: '2px solid var(--dlv-link)',
    outlineOffset: -2,
  },
} as const;

/** Tabs within a page; arrow keys move between them. */
export function Tabs<T extends string>(props: {
  label: string;
  value: T;
  tabs: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
  /** The id of what the tabs switch. */
  controls: string;
}) {
  return (
    <MuiTabs
      value={props.value}
      aria-label={props.label}
      variant="scrollable"
      scrollButtons={false}
      selectionFollowsFocus
      onChange={(_, value: T) => props.onChange(value)}
      sx={{
        minHeight: 40,
        borderBottom: '1px solid var(--dlv-border)',
        padding: '0 8px',
        '& .v5-MuiTabs-indicator, & .MuiTabs-indicator': {
          backgroundColor: 'var(--dlv-primary)',
        },
      }}
    >
      {props.tabs.map(tab => (
        <MuiTab
          key={tab.value}
          value={tab.value}
          label={tab.label}
          id={`${props.controls}-${tab.value}`}
          aria-controls={props.controls}
          disableRipple
          sx={{ '&&': TAB }}
        />
      ))}
    </MuiTabs>
  );
}
