// SPDX-License-Identifier: Apache-2.0
import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { SOURCE_HOSTS } from 'backstage-plugin-delivery-common';
import { sourceHosts } from './sourceHosts';

/** Refuses a host on which no repositories can be made, with those on which they can. */
export const validateSourceHost: CustomFieldValidator<string> = (
  chosen,
  field,
  { apiHolder },
) => {
  const hosts = sourceHosts(apiHolder).map(({ host }) => host);
  if (hosts.length === 0) {
    field.addError(
      `cannot be chosen: no host is configured; add one to integrations of the portal, below one of ${Object.keys(
        SOURCE_HOSTS,
      ).join(', ')}`,
    );
  } else if (chosen && !hosts.includes(chosen)) {
    field.addError(
      `must be one of ${hosts.join(
        ', ',
      )}; repositories cannot be made on '${chosen}'`,
    );
  }
};
