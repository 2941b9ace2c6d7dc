// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import type { DeployPipelineSpec } from './DeployPipelineSpec';
import { EMBEDDED } from './stages/bakeStage';

/**
 * What an operator says of the repositories that are rendered with Kustomize.
 *
 * ```yaml
 * kustomize:
 *   account: git-charts
 *   repository: https://github.com/example/{service}-chart.git
 * ```
 *
 * @remarks
 * The address follows from the name of the service alone, as the name of a chart does, so
 * nobody can make Spinnaker deploy from a repository of their choice.
 *
 * @public
 */
export const kustomizeSettingsSchema = z.strictObject({
  /** The artifact account of Spinnaker, of the kind `git/repo`, that reads them. */
  account: z.string().regex(/^[A-Za-z0-9][\w.-]*$/, 'must name an account'),
  /** The address that Spinnaker clones; `{service}` is filled in. */
  repository: z
    .string()
    .regex(
      /^https?:\/\/[A-Za-z0-9.-]+(:\d+)?\/[\w./-]*\{service\}[\w./-]*$/,
      "must be an http or https address without a user, with '{service}' in its path",
    ),
});

/** What an operator says of the repositories that are rendered with Kustomize. @public */
export type KustomizeSettings = z.infer<typeof kustomizeSettingsSchema>;

/**
 * Where the Spinnaker pipeline of one service in one Environment finds what it bakes.
 *
 * Throws `InputError` when it is rendered with Kustomize and nothing is known of that.
 *
 * @public
 */
export function bakeSourceFor(
  settings: { chartAccount: string; kustomize?: KustomizeSettings },
  service: {
    chartName: string;
    environment: string;
    renderer: 'helm' | 'kustomize';
    /** `registry` when absent; of no meaning for Kustomize. */
    handOver?: 'registry' | 'embedded';
  },
): Pick<DeployPipelineSpec, 'chart' | 'renderer'> {
  const { chartName: name, environment } = service;
  if (service.renderer === 'helm') {
    return service.handOver === 'embedded'
      ? { chart: { name, account: EMBEDDED, handOver: 'embedded' } }
      : { chart: { name, account: settings.chartAccount } };
  }
  if (!settings.kustomize) {
    throw new InputError(
      `'${name}' is rendered with Kustomize: say in delivery.spinnaker.kustomize from which repositories Spinnaker reads such services`,
    );
  }
  const { account, repository } = settings.kustomize;
  return {
    chart: { name, account },
    renderer: {
      kind: 'kustomize',
      repository: repository.replaceAll('{service}', name),
      overlay: `overlays/${environment}`,
    },
  };
}
