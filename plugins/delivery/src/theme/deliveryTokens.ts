// SPDX-License-Identifier: Apache-2.0
import type { Theme } from '@mui/material/styles';

type Pair = { text: string; tint: string; line: string };
const TONES = ['ok', 'bad', 'warn', 'run', 'unknown', 'override'] as const;

type Tokens = Record<(typeof TONES)[number], Pair> & {
  selected: string;
  soft: string;
  disabled: string;
  onDisabled: string;
  line: string;
  subtle: string;
  border: string;
};

// Every text meets 4.5:1 on its tint and on the paper of its mode.
const LIGHT: Tokens = {
  ok: { text: '#1B6A34', tint: '#E6F4EA', line: '#2E9E54' },
  bad: { text: '#A80F1F', tint: '#FDEBEC', line: '#D3273A' },
  warn: { text: '#744800', tint: '#FFF2D9', line: '#E08A00' },
  run: { text: '#1F5493', tint: '#E6EFF9', line: '#3B7DCB' },
  unknown: { text: '#4A4A4A', tint: '#ECECEC', line: '#9A9A9A' },
  override: { text: '#5B2A86', tint: '#F2E9F9', line: '#5B2A86' },
  selected: '#EDF3FA',
  soft: '#F4F5F7',
  disabled: '#ECECEC',
  onDisabled: '#5F5F5F',
  line: '#8C8C8C',
  subtle: '#5C5C5C',
  border: '#E0E0E0',
};

const DARK: Tokens = {
  ok: { text: '#A4EDB7', tint: '#2C4A35', line: '#5CC97E' },
  bad: { text: '#FFC2C4', tint: '#5C2E33', line: '#FF7B83' },
  warn: { text: '#FFDA94', tint: '#574423', line: '#F5B347' },
  run: { text: '#BBDAFF', tint: '#31465F', line: '#7FB5F5' },
  unknown: { text: '#E4E4E4', tint: '#575757', line: '#A5A5A5' },
  override: { text: '#E0C5F7', tint: '#4D3B5C', line: '#E0C5F7' },
  selected: '#3E4C5E',
  soft: '#4B4B4B',
  disabled: '#555555',
  onDisabled: '#D4D4D4',
  line: '#A8A8A8',
  subtle: '#D0D0D0',
  border: '#5E5E5E',
};

/**
 * The colours of delivery as CSS variables, for the mode of the theme.
 *
 * @remarks
 * Paper, text, primary and links are the theme's own, so a portal's brand
 * colours carry over; only the colours of states are ours.
 */
export function deliveryTokens(theme: Theme): Record<string, string> {
  const tokens = theme.palette.mode === 'dark' ? DARK : LIGHT;
  const variables: Record<string, string> = {
    '--dlv-paper': theme.palette.background.paper,
    '--dlv-text': theme.palette.text.primary,
    '--dlv-primary': theme.palette.primary.main,
    '--dlv-on-primary':
      theme.palette.mode === 'dark'
        ? '#0E2036'
        : theme.palette.primary.contrastText,
    '--dlv-link':
      theme.palette.mode === 'dark'
        ? '#A9D0FF'
        : theme.palette.link ?? '#0B62AB',
    '--dlv-selected': tokens.selected,
    '--dlv-soft': tokens.soft,
    '--dlv-disabled': tokens.disabled,
    '--dlv-on-disabled': tokens.onDisabled,
    '--dlv-line': tokens.line,
    '--dlv-subtle': tokens.subtle,
    '--dlv-border': tokens.border,
    '--dlv-shadow':
      theme.palette.mode === 'dark'
        ? '0 1px 3px rgba(0,0,0,.5)'
        : '0 1px 3px rgba(0,0,0,.14), 0 1px 2px rgba(0,0,0,.08)',
    '--dlv-mono':
      'ui-monospace, Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace',
  };
  for (const tone of TONES) {
    variables[`--dlv-${tone}`] = tokens[tone].text;
    variables[`--dlv-${tone}-tint`] = tokens[tone].tint;
    variables[`--dlv-${tone}-line`] = tokens[tone].line;
  }
  return variables;
}
