// SPDX-License-Identifier: Apache-2.0
import { Link } from '@backstage/core-components';
import ExpandMore from '@mui/icons-material/ExpandMore';
import ListItemText from '@mui/material/ListItemText';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { styled } from '@mui/material/styles';
import { useId, useState } from 'react';
import { useDeliveryLinks } from '../../navigation/useDeliveryLinks';
import type { IconName } from '../../view/IconName';
import type { PromoteButtonView } from '../../view/promoteButton';
import { ActionButton, type ActionLook } from '../ActionButton';
import { Icon } from '../Icon';
import { Reason } from '../Reason';

const LOOK: Record<
  PromoteButtonView['kind'],
  { look: ActionLook; icon?: IconName; blocked: boolean }
> = {
  ready: { look: 'main', blocked: false },
  'in-flight': { look: 'in-flight', icon: 'sync', blocked: false },
  'already-there': { look: 'done', icon: 'check', blocked: false },
  blocked: { look: 'main', blocked: true },
  'not-allowed': { look: 'main', icon: 'lock', blocked: true },
};

const Split = styled('div')({
  display: 'flex',
  '& > :first-of-type': {
    flex: 1,
    minWidth: 0,
    borderRadius: '4px 0 0 4px',
    padding: '7px 2px',
    fontSize: 12,
    whiteSpace: 'normal',
  },
  '& > :last-of-type': {
    borderRadius: '0 4px 4px 0',
    padding: '7px 4px',
    width: 28,
    flex: 'none',
  },
});

/** The promote button of a source tile, with its other targets and its reason. */
export function PromoteControl(props: {
  main: PromoteButtonView;
  /** All targets when there are several; they stand in the menu. */
  targets: PromoteButtonView[];
  onPromote: (from: string, to: string) => void;
}) {
  const { main, targets, onPromote } = props;
  const links = useDeliveryLinks();
  const id = useId();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const { look, icon, blocked } = LOOK[main.kind];
  const button = (
    <ActionButton
      wide={targets.length === 0}
      look={look}
      blocked={blocked}
      describedBy={id}
      onPress={() => onPromote(main.from, main.to)}
    >
      {icon && <Icon name={icon} turning={icon === 'sync'} />}
      {main.label}
    </ActionButton>
  );
  return (
    <>
      {targets.length === 0 ? (
        button
      ) : (
        <Split role="group" aria-label={`Promote from ${main.from}`}>
          {button}
          <ActionButton
            look={look === 'main' && !blocked ? 'main' : 'outlined'}
            label="Other targets"
            popup
            onPress={event => setAnchor(event.currentTarget)}
          >
            <ExpandMore aria-hidden style={{ fontSize: 18 }} />
          </ActionButton>
        </Split>
      )}
      <Reason id={id} lead={main.lead} rest={main.rest}>
        {main.promotion && (
          <Link to={links.promotion(main.promotion.id)}>
            Promotion {main.promotion.number}
          </Link>
        )}
      </Reason>
      <Menu
        open={anchor !== undefined}
        anchorEl={anchor}
        onClose={() => setAnchor(undefined)}
        MenuListProps={{ 'aria-label': 'Other targets' }}
      >
        {targets.map(target => (
          <MenuItem
            key={target.to}
            aria-disabled={target.kind !== 'ready' || undefined}
            onClick={() => {
              if (target.kind === 'ready') {
                setAnchor(undefined);
                onPromote(target.from, target.to);
              }
            }}
          >
            <ListItemText
              primary={target.label}
              secondary={[target.lead, target.rest].filter(Boolean).join(' ')}
              primaryTypographyProps={{ fontSize: 13, fontWeight: 700 }}
              secondaryTypographyProps={{
                fontSize: 12,
                maxWidth: 300,
                whiteSpace: 'normal',
              }}
            />
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
