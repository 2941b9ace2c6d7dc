// SPDX-License-Identifier: Apache-2.0
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { SimulatorCommand } from './SimulatorClient';
import type { RunCommand } from './useSimulator';

/** A button that gives one command and waits for it. */
export function CommandButton(props: {
  label: string;
  /** What to do; nothing yet when something is still to be chosen. */
  command: SimulatorCommand | undefined;
  run: RunCommand;
  color?: 'primary' | 'error' | 'inherit';
  size?: 'small' | 'medium';
}) {
  const { label, command, run, color = 'primary', size = 'small' } = props;
  const [busy, setBusy] = useState(false);
  const start = async () => {
    if (!command) {
      return;
    }
    setBusy(true);
    await run(command);
    setBusy(false);
  };
  return (
    <Button
      variant="outlined"
      color={color}
      size={size}
      disabled={busy || !command}
      onClick={start}
    >
      {label}
    </Button>
  );
}
