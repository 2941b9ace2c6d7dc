// SPDX-License-Identifier: Apache-2.0
import Card from '@mui/material/Card';
import CardContent from '@mui/material/CardContent';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { CommandButton } from './CommandButton';
import type { SimulatorState } from './stateSchema';
import type { RunCommand } from './useSimulator';

const STEPS = [
  { label: '+ 5 minutes', minutes: 5 },
  { label: '+ 30 minutes', minutes: 30 },
  { label: '+ 2 hours', minutes: 120 },
  { label: '+ 1 day', minutes: 1440 },
];

/** The simulated time, which can be moved forward, as for a soak. */
export function ClockCard(props: { state: SimulatorState; run: RunCommand }) {
  const { state, run } = props;
  const ahead = Math.round(state.offsetMs / 60_000);
  return (
    <Card variant="outlined" component="section" aria-label="Clock">
      <CardContent>
        <Stack
          direction="row"
          useFlexGap
          spacing={2}
          sx={{ flexWrap: 'wrap', alignItems: 'center' }}
        >
          <Typography variant="h6" component="h2">
            {new Date(state.now).toLocaleString()}
          </Typography>
          <Typography color="text.secondary" sx={{ flexGrow: 1 }}>
            {ahead > 0
              ? `${spanOf(ahead)} ahead of this machine`
              : 'The time of this machine'}
          </Typography>
          {STEPS.map(({ label, minutes }) => (
            <CommandButton
              key={label}
              label={label}
              run={run}
              command={{ type: 'move-clock', minutes }}
            />
          ))}
        </Stack>
      </CardContent>
    </Card>
  );
}

function spanOf(minutes: number): string {
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const parts = [
    days > 0 ? `${days} d` : '',
    hours > 0 ? `${hours} h` : '',
    minutes % 60 > 0 ? `${minutes % 60} min` : '',
  ];
  return parts.filter(Boolean).join(' ');
}
