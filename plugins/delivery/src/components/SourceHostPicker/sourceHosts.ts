// SPDX-License-Identifier: Apache-2.0
import {
  configApiRef,
  type ApiHolder,
  type ConfigApi,
} from '@backstage/core-plugin-api';
import { scmIntegrationsApiRef } from '@backstage/integration-react';
import { SOURCE_HOSTS } from 'backstage-plugin-delivery-common';

/** A host on which the repositories of a service can be made. */
export type SourceHost = {
  /** What the template is given, such as `gitlab.example.com`. */
  host: string;
  /** Its title and what it is, such as `gitlab.example.com (GitLab)`. */
  label: string;
};

/** The hosts that an integration is for when it names none. */
const PUBLIC_HOSTS: Partial<Record<string, string>> = {
  github: 'github.com',
  gitlab: 'gitlab.com',
  azure: 'dev.azure.com',
};

/**
 * The hosts that are configured and of a type on which repositories can be made.
 *
 * @remarks
 * Backstage adds the public hosts by itself, without credentials; those are left out.
 */
export function sourceHosts(apis: ApiHolder): SourceHost[] {
  const integrations = apis.get(scmIntegrationsApiRef);
  const config = apis.get(configApiRef);
  if (!integrations || !config) {
    return [];
  }
  // In the order in which the scaffolder looks for a host, so that both begin with the same.
  return Object.entries(SOURCE_HOSTS).flatMap(([type, product]) =>
    integrations
      .list()
      .filter(one => one.type === type)
      .filter(({ title: host }) => configured(config, type).includes(host))
      .map(({ title: host }) => ({ host, label: `${host} (${product})` })),
  );
}

function configured(config: ConfigApi, type: string): (string | undefined)[] {
  return (config.getOptionalConfigArray(`integrations.${type}`) ?? []).map(
    one => one.getOptionalString('host') ?? PUBLIC_HOSTS[type],
  );
}
