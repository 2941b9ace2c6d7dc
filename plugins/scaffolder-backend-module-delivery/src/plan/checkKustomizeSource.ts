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
  /** Where Git finds the chart repository. */
  chartGitUrl: string;
}): void {
  const { kustomize, service } = options;
  if (!kustomize) {
    throw new InputError(
      `renderer 'kustomize' is not offered by this portal: delivery.spinnaker.kustomize is not configured; choose 'helm'`,
    );
  }
  const read = new URL(kustomize.repository.replaceAll('{service}', service));
  const made = new URL(options.chartGitUrl);
  if (placeOf(read) !== placeOf(made)) {
    throw new InputError(
      `renderer 'kustomize' cannot be used for ${made.host}${withoutGit(
        made,
      )}: delivery.spinnaker.kustomize makes Spinnaker read ${read.host}${
        read.pathname
      }; choose 'helm', or another sourceHost or organisation`,
    );
  }
}

function placeOf(url: URL): string {
  return `${url.host}${withoutGit(url)}`.toLowerCase();
}

function withoutGit({ pathname }: URL): string {
  return pathname.replace(/\.git$/, '');
}
