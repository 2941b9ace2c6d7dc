// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import type { KustomizeSettings } from 'backstage-plugin-spinnaker-client';

/**
 * Makes sure that Spinnaker will read a service's overlays where its repository will be.
 *
 * @throws InputError when the portal says nothing of such repositories, or has them elsewhere.
 */
export function checkKustomizeSource(options: {
  kustomize: KustomizeSettings | undefined;
  service: string;
  organisation: string;
  /** The chart repository; `<service>-chart` when absent. */
  repository?: string;
  /** The host on which the repositories are made. */
  host: string;
}): void {
  const { kustomize, service, organisation, host } = options;
  if (!kustomize) {
    throw new InputError(
      `renderer 'kustomize' is not offered by this portal: delivery.spinnaker.kustomize is not configured; choose 'helm'`,
    );
  }
  const read = new URL(kustomize.repository.replaceAll('{service}', service));
  const path = read.pathname.replace(/\.git$/, '').toLowerCase();
  const made = `/${organisation}/${options.repository ?? `${service}-chart`}`;
  if (read.host !== host || path !== made.toLowerCase()) {
    throw new InputError(
      `renderer 'kustomize' cannot be used for ${host}${made}: delivery.spinnaker.kustomize makes Spinnaker read ${read.host}${read.pathname}; choose 'helm', or another sourceHost or organisation`,
    );
  }
}
