// SPDX-License-Identifier: Apache-2.0
import Stack from '@mui/material/Stack';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import { CommandButton } from './CommandButton';
import type { SpinnakerExecution } from './stateSchema';
import type { RunCommand } from './useSimulator';

const FINAL = ['SUCCEEDED', 'TERMINAL', 'CANCELED', 'SKIPPED', 'STOPPED'];

/** The Spinnaker stages of one Spinnaker execution, with what a person may do to each. */
export function ExecutionStages(props: {
  execution: SpinnakerExecution;
  run: RunCommand;
}) {
  const { execution, run } = props;
  const target = (stage: string) => ({ executionId: execution.id, stage });
  return (
    <Table size="small" aria-label="Spinnaker stages">
      <TableBody>
        {execution.stages.map(({ id, name, status }) => (
          <TableRow key={id}>
            <TableCell>{name}</TableCell>
            <TableCell>{status}</TableCell>
            <TableCell align="right">
              <Stack direction="row" spacing={1} justifyContent="flex-end">
                <CommandButton
                  label="Skip"
                  run={run}
                  color="error"
                  command={
                    FINAL.includes(status)
                      ? undefined
                      : { type: 'skip-stage', ...target(id) }
                  }
                />
                <CommandButton
                  label="Restart"
                  run={run}
                  color="error"
                  command={
                    FINAL.includes(status)
                      ? { type: 'restart-stage', ...target(id) }
                      : undefined
                  }
                />
              </Stack>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
