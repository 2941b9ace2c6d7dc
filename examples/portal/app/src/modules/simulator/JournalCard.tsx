// SPDX-License-Identifier: Apache-2.0
import Card from '@mui/material/Card';
import CardContent from '@mui/material/CardContent';
import CardHeader from '@mui/material/CardHeader';
import Chip from '@mui/material/Chip';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import type { SimulatorState } from './stateSchema';

/** What happened lately in the simulated world, newest first. */
export function JournalCard(props: { journal: SimulatorState['journal'] }) {
  const { journal } = props;
  return (
    <Card variant="outlined" component="section" aria-label="What happened">
      <CardHeader
        title="What happened"
        titleTypographyProps={{ variant: 'h6', component: 'h2' }}
      />
      <CardContent sx={{ pt: 0, maxHeight: 320, overflow: 'auto' }}>
        {journal.length === 0 ? (
          <Typography color="text.secondary">
            Nothing since the portal was started.
          </Typography>
        ) : (
          <Table size="small" aria-label="Journal">
            <TableBody>
              {journal.map((entry, index) => (
                <TableRow key={`${entry.at} ${journal.length - index}`}>
                  <TableCell sx={{ whiteSpace: 'nowrap' }}>
                    {new Date(entry.at).toLocaleTimeString()}
                  </TableCell>
                  <TableCell>
                    <Chip
                      size="small"
                      variant="outlined"
                      color={entry.where === 'control' ? 'primary' : 'default'}
                      label={entry.where === 'control' ? 'you' : entry.where}
                    />
                  </TableCell>
                  <TableCell sx={{ width: '100%' }}>{entry.text}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        )}
      </CardContent>
    </Card>
  );
}
