// SPDX-License-Identifier: Apache-2.0
import { Link } from '@backstage/core-components';
import Card from '@mui/material/Card';
import CardContent from '@mui/material/CardContent';
import CardHeader from '@mui/material/CardHeader';
import Chip from '@mui/material/Chip';
import Divider from '@mui/material/Divider';
import Stack from '@mui/material/Stack';
import type { ReactNode } from 'react';
import { Choice } from './Choice';
import type { Condition, SimulatorState, Vendor } from './stateSchema';
import type { RunCommand } from './useSimulator';

const CONDITIONS: Record<Condition, string> = {
  normal: 'Works',
  slow: 'Slow',
  error: 'Answers errors',
  silent: 'Silent',
  down: 'Unreachable',
};

/** The frame of a vendor's card: its name, where it is, how it is, and what can be done. */
export function VendorCard(props: {
  title: string;
  name: Vendor['name'];
  state: SimulatorState;
  run: RunCommand;
  children?: ReactNode;
}) {
  const { title, name, state, run, children } = props;
  const vendor = state.vendors.find(one => one.name === name);
  const condition = vendor?.condition;
  return (
    <Card variant="outlined" component="section" aria-label={title}>
      <CardHeader
        title={title}
        titleTypographyProps={{ variant: 'h6', component: 'h2' }}
        subheader={
          vendor?.url ? (
            <Link to={vendor.url}>{new URL(vendor.url).host}</Link>
          ) : (
            'Not simulated here'
          )
        }
        action={
          vendor &&
          condition && (
            <Stack direction="row" spacing={1} alignItems="center">
              {condition !== 'normal' && (
                <Chip
                  size="small"
                  color="error"
                  label={CONDITIONS[condition]}
                />
              )}
              <Choice
                label="Condition"
                value={condition}
                options={vendor.conditions.map(value => ({
                  value,
                  label: CONDITIONS[value],
                }))}
                onChange={value =>
                  run({ type: 'set-vendor', vendor: name, condition: value })
                }
              />
            </Stack>
          )
        }
      />
      {children && condition && (
        <CardContent sx={{ pt: 0 }}>
          <Stack spacing={2} divider={<Divider flexItem />}>
            {children}
          </Stack>
        </CardContent>
      )}
    </Card>
  );
}
