// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';
import { isError } from '@backstage/errors';
import type { ManifestRenderer } from 'backstage-plugin-delivery-common';
import { JenkinsClient } from 'backstage-plugin-jenkins-client';
import { readJenkinsInstance } from '../config/readJenkinsInstance';
import { readSpinnakerSettings } from '../config/readSpinnakerSettings';
import { checkKustomizeSource } from '../plan/checkKustomizeSource';
import { APPLY_AGAIN, type Check } from '../verify/Check';
import { checkJenkins } from '../verify/checkJenkins';
import { verifyService } from '../verify/verifyService';
import type { AdoptAnswers } from './adoptAnswers';

const RESTORE =
  "once the pull requests are merged, run the template 'Restore a service'";
const BY_HAND =
  'make it by hand; the portal makes it only where the Jenkins folder and the Spinnaker application have one name and nothing else stands in the way';

/**
 * Asks Jenkins and Spinnaker what there is of a service.
 *
 * @returns what was found, and whether the portal can make what is missing from the wiring in
 * the chart repository.
 */
export async function surveyWiring(options: {
  config: Config;
  answers: AdoptAnswers;
  entityRef: string;
  renderer: ManifestRenderer;
  /** Where Git finds the chart repository. */
  chartGitUrl: string;
  signal?: AbortSignal;
}): Promise<{ checks: Check[]; restorable: boolean }> {
  const { config, answers, entityRef, renderer, chartGitUrl, signal } = options;
  const fault =
    renderer === 'kustomize'
      ? kustomizeFault({ config, service: answers.service, chartGitUrl })
      : undefined;
  const restorable =
    answers.jenkinsFolder === answers.spinnakerApplication && !fault;
  const checks = fault
    ? [fault, ...(await askJenkins({ config, answers, entityRef, signal }))]
    : await askAll({ config, answers, entityRef, renderer, signal });
  return {
    restorable,
    checks: checks.map(check => ({
      ...check,
      detail: check.detail.replace(APPLY_AGAIN, restorable ? RESTORE : BY_HAND),
    })),
  };
}

/** Why Spinnaker cannot read the overlays of a service, where it cannot. */
function kustomizeFault(options: {
  config: Config;
  service: string;
  chartGitUrl: string;
}): Check | undefined {
  const { config, ...chart } = options;
  try {
    checkKustomizeSource({
      kustomize: readSpinnakerSettings(config).kustomize,
      ...chart,
    });
    return undefined;
  } catch (error) {
    return {
      what: 'The overlays of the chart repository',
      state: 'missing',
      detail: isError(error) ? error.message : String(error),
    };
  }
}

async function askJenkins(options: {
  config: Config;
  answers: AdoptAnswers;
  entityRef: string;
  signal?: AbortSignal;
}): Promise<Check[]> {
  const { config, answers, entityRef, signal } = options;
  const { checks } = await checkJenkins({
    jenkins: JenkinsClient.create(readJenkinsInstance(config, {})),
    folder: answers.jenkinsFolder,
    entityRef,
    signal,
  });
  return checks;
}

async function askAll(options: {
  config: Config;
  answers: AdoptAnswers;
  entityRef: string;
  renderer: ManifestRenderer;
  signal?: AbortSignal;
}): Promise<Check[]> {
  const { answers, ...rest } = options;
  const { wiring, release } = await verifyService({
    ...rest,
    service: answers.service,
    folder: answers.jenkinsFolder,
    application: answers.spinnakerApplication,
    path: answers.path,
  });
  return [...wiring, ...release];
}
