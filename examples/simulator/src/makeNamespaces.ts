// SPDX-License-Identifier: Apache-2.0
import type { RunningVendors } from './control/ControlContext';
import { namespaceOf } from './control/namespaceOf';
import { readEnvironments } from './control/readServices';

const CHART_REPOSITORY = /^(.+)-chart$/;

/**
 * Makes the namespaces of a service, one for each environment, when its chart repository is
 * pushed.
 *
 * @remarks
 * In a company the platform makes namespaces, before anything is deployed. Here this robot
 * plays the platform; neither Spinnaker nor the portal ever makes one.
 */
export function makeNamespaces(vendors: RunningVendors): void {
  const { github, kubernetes } = vendors;
  if (!github || !kubernetes) {
    return;
  }
  github.repositories.onPush(async ({ repository, branch }) => {
    const { name, defaultBranch } = repository.record.value;
    const service = CHART_REPOSITORY.exec(name)?.[1];
    if (!service || branch !== defaultBranch) {
      return;
    }
    for (const environment of await readEnvironments(repository.git, branch)) {
      const namespace = namespaceOf({ service, environment });
      kubernetes.controls.ensureNamespace(namespace);
    }
  });
}
