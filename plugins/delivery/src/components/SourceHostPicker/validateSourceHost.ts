// SPDX-License-Identifier: Apache-2.0
import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
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
      'cannot be chosen: no host is configured; add one to integrations.github or integrations.gitlab of the portal',
    );
  } else if (chosen && !hosts.includes(chosen)) {
    field.addError(
      `must be one of ${hosts.join(
        ', ',
      )}; repositories cannot be made on '${chosen}'`,
    );
  }
};
