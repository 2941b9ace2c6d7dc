// SPDX-License-Identifier: Apache-2.0
import type { UrlReaderService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import {
  chartHandOver,
  manifestRenderer,
  rolloutStrategy,
} from 'backstage-plugin-delivery-common';
import { pipelineDifference } from 'backstage-plugin-spinnaker-client';
import type { ApplyContext } from '../actions/ApplyContext';
import { readEnvironments } from '../config/readEnvironments';
import { readSpinnakerSettings } from '../config/readSpinnakerSettings';
import { applyJenkins } from '../jenkins/applyJenkins';
import { applySpinnaker } from '../spinnaker/applySpinnaker';
import { renderServicePipelines } from '../spinnaker/renderServicePipelines';
import { readServiceWiring } from './readServiceWiring';
import { pipelineFile, WIRING_FOLDER } from './renderWiring';

/**
 * Makes the Jenkins jobs and the Spinnaker application and pipelines of a service again, from
 * its chart repository.
 *
 * @remarks
 * Of the Spinnaker pipelines only what the portal itself would write is applied: somebody who
 * may push to the repository cannot thereby start what nobody has admitted. Where the
 * repository differs, that is said.
 *
 * @throws InputError or NotFoundError when the entity or its chart repository does not say
 * what it takes; ForwardedError saying what was made before, when a part fails.
 */
export async function restoreService(options: {
  config: Config;
  component: Entity;
  /** The Resources that the Component depends on. */
  resources: readonly Entity[];
  reader: Pick<UrlReaderService, 'readUrl'>;
  ctx: ApplyContext;
}): Promise<{
  folderUrl: string;
  applicationUrl: string;
  /** Where the repository is not what the portal is configured to. */
  differences: string[];
}> {
  const { config, component, resources, reader, ctx } = options;
  const entityRef = stringifyEntityRef(component);
  const wiring = await readServiceWiring({
    component,
    resources,
    reader,
    integrations: ScmIntegrations.fromConfig(config),
  });
  const { service, path } = wiring;

  const environments = readEnvironments(config, { service, path });
  const annotations = component.metadata.annotations ?? {};
  const renderer = manifestRenderer(annotations);
  const handOver = chartHandOver(annotations);
  const strategy = Object.fromEntries(
    environments.map(({ name }) => [name, rolloutStrategy(annotations, name)]),
  );
  const differences: string[] = [];
  for (const { environment, pipeline } of renderServicePipelines({
    application: service,
    entityRef,
    chartName: service,
    environments,
    settings: readSpinnakerSettings(config),
    strategy,
    renderer,
    handOver,
  })) {
    const kept = await wiring.pipeline(environment);
    const difference = kept
      ? pipelineDifference(kept, pipeline)
      : 'is not there';
    if (difference) {
      const sentence = `${WIRING_FOLDER}/${pipelineFile(
        environment,
      )}: ${difference}. What the portal is configured to is applied; write the wiring again to bring the repository in line`;
      differences.push(sentence);
      ctx.logger.warn(sentence);
    }
  }

  const spinnaker = await applySpinnaker({
    config,
    input: {
      application: service,
      entityRef,
      path,
      strategy,
      renderer,
      handOver,
    },
    ctx,
  });
  const { folder: _, ...chosen } = wiring.jenkins;
  const jenkins = await applyJenkins({
    config,
    input: {
      ...chosen,
      folder: service,
      artifactGitUrl: wiring.artifactGitUrl,
      chartGitUrl: wiring.chartGitUrl,
    },
    ctx,
  });
  return {
    folderUrl: jenkins.folderUrl,
    applicationUrl: spinnaker.applicationUrl,
    differences,
  };
}
