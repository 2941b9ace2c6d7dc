// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import ListItemText from '@mui/material/ListItemText';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { deliveryReleaseMarkPermission } from 'backstage-plugin-delivery-common';
import { useState } from 'react';
import { ActionButton } from '../ActionButton';
import { MarkDialog } from '../dialogs/MarkDialog';
import { Icon } from '../Icon';

/** What can be done with one Release of the matrix. */
export function ReleaseMenu(props: {
  service: string;
  release: number;
  marked: boolean;
  onDone: () => void;
}) {
  const { service, release, marked } = props;
  const [anchor, setAnchor] = useState<HTMLElement>();
  const [asking, ask] = useState(false);
  const { allowed } = usePermission({
    permission: deliveryReleaseMarkPermission,
    resourceRef: service,
  });
  return (
    <>
      <ActionButton
        small
        look="text"
        label={`More about Release ${release}`}
        popup
        onPress={event => setAnchor(event.currentTarget)}
      >
        <Icon name="more" size={16} />
      </ActionButton>
      <Menu
        open={anchor !== undefined}
        anchorEl={anchor}
        onClose={() => setAnchor(undefined)}
        MenuListProps={{ 'aria-label': `Release ${release}` }}
      >
        <MenuItem
          aria-disabled={!allowed || undefined}
          onClick={() => {
            if (allowed) {
              setAnchor(undefined);
              ask(true);
            }
          }}
        >
          <ListItemText
            primary={marked ? 'Take back the mark…' : 'Mark as bad…'}
            secondary={
              allowed ? undefined : 'You may not mark releases of this service.'
            }
            primaryTypographyProps={{ fontSize: 13, fontWeight: 700 }}
            secondaryTypographyProps={{ fontSize: 12 }}
          />
        </MenuItem>
      </Menu>
      {asking && (
        <MarkDialog
          service={service}
          release={release}
          mark={marked ? 'none' : 'bad'}
          onClose={() => ask(false)}
          onDone={() => {
            ask(false);
            props.onDone();
          }}
        />
      )}
    </>
  );
}
