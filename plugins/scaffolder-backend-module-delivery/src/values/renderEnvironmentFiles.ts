// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@backstage/types';
import type { ManifestRenderer } from 'backstage-plugin-delivery-common';
import type { Environment } from '../config/Environment';
import { renderOverlay } from './renderOverlay';
import { renderValuesFile } from './renderValuesFile';

/**
 * The files of an Environment in a chart repository, by their path.
 *
 * @remarks
 * With Kustomize the values become an overlay. A Release is promoted with a values file of the
 * Environment all the same, so there is one, which says no more than the name.
 *
 * @throws InputError when a value is given that such a file may not set.
 */
export function renderEnvironmentFiles(options: {
  service: string;
  environment: Environment;
  values: JsonObject;
  defaults: JsonObject;
  renderer: ManifestRenderer;
}): { name: string; content: string }[] {
  const { environment, renderer } = options;
  const { name } = environment;
  const valuesFile = `values-${name}.yaml`;
  if (renderer === 'helm') {
    return [{ name: valuesFile, content: renderValuesFile(options) }];
  }
  return [
    {
      name: valuesFile,
      content: `# Travels with every Release into ${name}. What differs there is in overlays/${name}, which is part of the package.\nenvironment: ${name}\n`,
    },
    {
      name: `overlays/${name}/kustomization.yaml`,
      content: renderOverlay(options),
    },
  ];
}
