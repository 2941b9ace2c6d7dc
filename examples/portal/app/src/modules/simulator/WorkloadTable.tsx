// SPDX-License-Identifier: Apache-2.0
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { SimulatorState } from './stateSchema';

/** The Workloads that run in the simulated cluster. */
export function WorkloadTable(props: {
  workloads: SimulatorState['workloads'];
}) {
  return (
    <Table size="small" aria-label="Workloads">
      <TableHead>
        <TableRow>
          <TableCell>Namespace</TableCell>
          <TableCell>Workload</TableCell>
          <TableCell sx={{ whiteSpace: 'nowrap' }}>Ready</TableCell>
          <TableCell>Image</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {props.workloads.map(workload => (
          <TableRow key={`${workload.namespace}/${workload.name}`}>
            <TableCell>{workload.namespace}</TableCell>
            <TableCell>
              {workload.kind} {workload.name}
            </TableCell>
            <TableCell>
              {workload.ready}/{workload.desired}
            </TableCell>
            <TableCell>
              {workload.images.map(image => (
                <code key={image}>{shortImage(image)}</code>
              ))}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

/** The last part of the name and the first letters of the digest. */
function shortImage(image: string): string {
  const [name, digest = ''] = image.split('@sha256:');
  const last = name.slice(name.lastIndexOf('/') + 1);
  return digest ? `${last}@${digest.slice(0, 12)}` : last;
}
