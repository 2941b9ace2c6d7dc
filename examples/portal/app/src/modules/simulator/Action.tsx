// SPDX-License-Identifier: Apache-2.0
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';

/** One thing a visitor can do: what it is, what comes of it, and its fields. */
export function Action(props: {
  title: string;
  hint?: string;
  children: ReactNode;
}) {
  const { title, hint, children } = props;
  return (
    <Box>
      <Typography variant="subtitle2" component="h3">
        {title}
      </Typography>
      {hint && (
        <Typography variant="body2" color="text.secondary" gutterBottom>
          {hint}
        </Typography>
      )}
      <Stack
        direction="row"
        useFlexGap
        spacing={1}
        sx={{ flexWrap: 'wrap', alignItems: 'center', mt: 1.5 }}
      >
        {children}
      </Stack>
    </Box>
  );
}
