// SPDX-License-Identifier: Apache-2.0
import {
  Link,
  sidebarConfig,
  useSidebarOpenState,
} from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import DoubleArrowIcon from '@material-ui/icons/DoubleArrow';

const useStyles = makeStyles(theme => ({
  root: {
    width: sidebarConfig.drawerWidthClosed,
    height: 3 * sidebarConfig.logoHeight,
    display: 'flex',
    alignItems: 'center',
  },
  link: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    marginLeft: 24,
    color: theme.palette.navigation.selectedColor,
    fontSize: 20,
    fontWeight: 700,
  },
}));

/** The portal's name, or only its mark when the sidebar is closed. */
export function SidebarLogo() {
  const classes = useStyles();
  const { isOpen } = useSidebarOpenState();
  return (
    <div className={classes.root}>
      <Link to="/" underline="none" className={classes.link} aria-label="Home">
        <DoubleArrowIcon />
        {isOpen ? 'Northwind' : undefined}
      </Link>
    </div>
  );
}
