// SPDX-License-Identifier: Apache-2.0
import { SidebarItem } from '@backstage/core-components';
import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import SwapHorizIcon from '@material-ui/icons/SwapHoriz';

/** Signs the visitor out, which leads back to the page with the demo users. */
export function SwitchUserItem() {
  const identity = useApi(identityApiRef);
  return (
    <SidebarItem
      icon={SwapHorizIcon}
      text="Switch user"
      onClick={() => identity.signOut()}
    />
  );
}
