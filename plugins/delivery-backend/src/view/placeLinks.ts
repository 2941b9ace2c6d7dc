// SPDX-License-Identifier: Apache-2.0
import type { Link } from 'backstage-plugin-delivery-common';
import { nameOf } from '../domain/nameOf';
import { runningRelease } from './runningRelease';
import { laneFacts, type ServiceFacts } from './ServiceFacts';

/**
 * The links of the configuration, filled in for each Environment.
 *
 * @remarks
 * One that names the Release is left out where no known one runs.
 */
export function placeLinks(
  facts: ServiceFacts,
  templates: readonly { title: string; url: string }[],
): Link[] {
  return facts.path.environments.flatMap(environment => {
    const release = runningRelease(
      laneFacts(facts, environment),
      facts.releases,
    );
    return templates
      .filter(({ url }) => release || !url.includes('{release}'))
      .map(({ title, url }) => ({
        title,
        environment: environment.name,
        url: url
          .replaceAll(
            '{service}',
            encodeURIComponent(nameOf(facts.service.entityRef)),
          )
          .replaceAll('{environment}', encodeURIComponent(environment.name))
          .replaceAll('{release}', String(release?.number ?? '')),
      }));
  });
}
