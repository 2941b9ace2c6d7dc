// SPDX-License-Identifier: Apache-2.0
import OpenInNew from '@mui/icons-material/OpenInNew';
import { Link } from '@backstage/core-components';

/** A link out of the portal. */
export function OutLink(props: { to: string; children: string }) {
  return (
    <Link to={props.to} target="_blank" rel="noopener noreferrer">
      {props.children}{' '}
      <OpenInNew aria-hidden style={{ fontSize: 12, verticalAlign: -2 }} />
    </Link>
  );
}
