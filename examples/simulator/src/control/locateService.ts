// SPDX-License-Identifier: Apache-2.0
import { NotFoundError } from '@backstage/errors';
import type {
  ForgeRepositories,
  ForgeRepository,
} from '../forge/ForgeRepositories';

const CHART_SUFFIX = '-chart';

/** The two repositories of a service. */
export interface ServiceRepositories {
  service: string;
  artifact: ForgeRepository;
  chart: ForgeRepository;
}

/** Every service: each repository that has a chart repository beside it. */
export function listServices(
  hosts: readonly ForgeRepositories[],
): ServiceRepositories[] {
  return hosts.flatMap(repositories =>
    repositories.list().flatMap(artifact => {
      const { owner, name } = artifact.record.value;
      const chart = repositories.find(owner, `${name}${CHART_SUFFIX}`);
      return chart ? [{ service: name, artifact, chart }] : [];
    }),
  );
}

/**
 * The repositories of one service.
 *
 * @throws NotFoundError naming the services there are.
 */
export function locateService(
  hosts: readonly ForgeRepositories[],
  service: string,
): ServiceRepositories {
  const services = listServices(hosts);
  const found = services.find(one => one.service === service);
  if (!found) {
    const known = services.map(one => one.service).join(', ') || 'none yet';
    throw new NotFoundError(
      `There is no service '${service}' with an artifact and a chart repository; there are: ${known}`,
    );
  }
  return found;
}
