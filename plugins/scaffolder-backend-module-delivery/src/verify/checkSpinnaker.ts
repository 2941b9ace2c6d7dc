// SPDX-License-Identifier: Apache-2.0
import {
  CLAIM_STAGE_TYPE,
  pipelineDifference,
  type SpinnakerClient,
  type SpinnakerPipeline,
} from 'backstage-plugin-spinnaker-client';
import type { Environment } from '../config/Environment';
import { APPLY_AGAIN, ask, type Check } from './Check';

/** Looks for what Spinnaker needs to bring a service into its environments. */
export async function checkSpinnaker(options: {
  spinnaker: SpinnakerClient;
  application: string;
  entityRef: string;
  environments: readonly Environment[];
  pipelines: readonly SpinnakerPipeline[];
  chartAccount: string;
  signal?: AbortSignal;
}): Promise<Check[]> {
  const { spinnaker, application, entityRef, environments, signal } = options;
  const checks = [
    await ask(`The Spinnaker application '${application}'`, async () => {
      const found = await spinnaker.getApplication(application, { signal });
      return found?.entityRef === entityRef
        ? { state: 'found', detail: `belongs to ${entityRef}` }
        : {
            state: 'missing',
            detail: found
              ? `does not belong to ${entityRef}; set its attribute entityRef`
              : `does not exist; ${APPLY_AGAIN}`,
          };
    }),
  ];
  const saved = once(() => spinnaker.getPipelines(application, { signal }));
  for (const rendered of options.pipelines) {
    checks.push(
      await ask(`The Spinnaker pipeline '${rendered.name}'`, async () => {
        const found = (await saved()).find(
          ({ name }) => name.toLowerCase() === rendered.name.toLowerCase(),
        );
        const difference = found && pipelineDifference(found, rendered);
        return found && difference === undefined
          ? { state: 'found', detail: 'is as Backstage wrote it' }
          : {
              state: 'missing',
              detail: `${difference ?? 'does not exist'}; ${APPLY_AGAIN}`,
            };
      }),
    );
  }
  const accounts = new Set(environments.map(({ account }) => account));
  const known = once(() => spinnaker.getAccounts({ signal }));
  for (const account of accounts) {
    checks.push(
      await ask(`The deployment account '${account}'`, async () => {
        return (await known()).some(({ name }) => name === account)
          ? { state: 'found', detail: 'is there' }
          : {
              state: 'missing',
              detail:
                'Spinnaker has none of that name that the portal may see; check delivery.environments',
            };
      }),
    );
  }
  checks.push(
    await ask(`The artifact account '${options.chartAccount}'`, async () => {
      const found = await spinnaker.getArtifactAccounts({ signal });
      return found.some(({ name }) => name === options.chartAccount)
        ? { state: 'found', detail: 'is there' }
        : {
            state: 'missing',
            detail:
              'Spinnaker has none of that name, so nothing can be baked; check delivery.spinnaker',
          };
    }),
  );
  if (environments.some(({ automatic }) => !automatic)) {
    checks.push(
      await ask(`The Spinnaker stage type '${CLAIM_STAGE_TYPE}'`, async () => {
        const webhooks = await spinnaker.getPreconfiguredWebhooks({ signal });
        return webhooks.some(({ type }) => type === CLAIM_STAGE_TYPE)
          ? { state: 'found', detail: 'is configured' }
          : {
              state: 'missing',
              detail:
                'add the preconfigured webhook to the configuration of Orca; without it nothing enters an environment with gates',
            };
      }),
    );
  }
  return checks;
}

/** Asks the first time only, also when the answer is an error. */
function once<T>(question: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => (answer ??= question());
}
