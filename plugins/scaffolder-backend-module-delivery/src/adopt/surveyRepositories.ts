// SPDX-License-Identifier: Apache-2.0
import type { ManifestRenderer } from 'backstage-plugin-delivery-common';
import type { SourceHost, SourceRepository } from '../sourceHost/SourceHost';
import { ask, type Check } from '../verify/Check';
import type { AdoptAnswers } from './adoptAnswers';
import { findRenderer, KUSTOMIZE_BASE } from './findRenderer';

/** A repository that is there, and its catalog file where it has one. */
export type SurveyedRepository = SourceRepository & {
  name: string;
  branch: string;
  /** Where its catalog file and wiring are read: where people are asked to take them, while they are. */
  edited: string;
  catalogInfo?: string;
};

const CATALOG_INFO = 'catalog-info.yaml';

/**
 * Looks at the repositories of a service: whether they are there, and whether they hold what
 * the build and the environments need.
 */
export async function surveyRepositories(options: {
  host: SourceHost;
  answers: AdoptAnswers;
  environments: readonly { name: string }[];
  /** The branch of the pull requests. */
  proposal: string;
  signal?: AbortSignal;
}): Promise<{
  artifact?: SurveyedRepository;
  chart?: SurveyedRepository;
  renderer: ManifestRenderer;
  checks: Check[];
}> {
  const { host, answers, environments, proposal, signal } = options;
  const checks: Check[] = [];
  const readIn = (found: SurveyedRepository, path: string) =>
    host.readText(
      {
        organisation: answers.organisation,
        repository: found.name,
        branch: found.branch,
      },
      path,
      signal,
    );
  const find = async (name: string) => {
    const found = await findRepository({
      host,
      answers,
      name,
      proposal,
      signal,
    });
    checks.push({
      what: `The repository ${answers.organisation}/${name}`,
      ...(found
        ? { state: 'found', detail: `is there on ${host.host}` }
        : { state: 'missing', detail: `is not there on ${host.host}` }),
    });
    return found;
  };
  const look = async (
    found: SurveyedRepository | undefined,
    needed: Record<string, string>,
  ) => {
    for (const [path, why] of found ? Object.entries(needed) : []) {
      checks.push(
        await ask(`${path} in ${found?.name}`, async () =>
          found && (await readIn(found, path)) === undefined
            ? { state: 'missing', detail: `is not there; ${why}` }
            : { state: 'found', detail: 'is there' },
        ),
      );
    }
  };

  const artifact = await find(answers.artifactRepository);
  await look(artifact, {
    Jenkinsfile: 'the job image builds with it',
    Dockerfile: 'the image is made of it',
  });
  const chart = await find(answers.chartRepository);
  const renderer = await findRenderer({
    answers,
    catalogInfo: artifact?.catalogInfo,
    readChart: async path => chart && readIn(chart, path),
  });
  await look(chart, {
    Jenkinsfile: 'the job chart makes the Releases with it',
    'Chart.yaml':
      renderer === 'helm'
        ? 'the chart is at the root of its repository'
        : 'it names the service and the first part of its versions',
    'image.yaml': 'the job image writes the newest image into it',
    ...(renderer === 'kustomize'
      ? { [KUSTOMIZE_BASE]: 'the overlays of the environments build on it' }
      : {}),
    ...Object.fromEntries(
      environments.flatMap(({ name }) => [
        [`values-${name}.yaml`, `the values of ${name} are read from it`],
        ...(renderer === 'kustomize'
          ? [
              [
                `overlays/${name}/kustomization.yaml`,
                `Spinnaker renders ${name} from it`,
              ],
            ]
          : []),
      ]),
    ),
  });
  return {
    ...(artifact ? { artifact } : {}),
    ...(chart ? { chart } : {}),
    renderer,
    checks,
  };
}

async function findRepository(options: {
  host: SourceHost;
  answers: AdoptAnswers;
  name: string;
  proposal: string;
  signal?: AbortSignal;
}): Promise<SurveyedRepository | undefined> {
  const { host, answers, name, proposal, signal } = options;
  const { organisation } = answers;
  const on = (branch: string) => ({ organisation, repository: name, branch });
  const first = await host.findRepository(on('main'), signal);
  if (!first) {
    return undefined;
  }
  const branch = first.defaultBranch ?? 'main';
  const found =
    branch === 'main' ? first : await host.findRepository(on(branch), signal);
  const pulls = host.pullRequests({ organisation, repository: name }, signal);
  const edited =
    (await pulls.findOpen(proposal)) === undefined ? branch : proposal;
  const catalogInfo = await host.readText(on(edited), CATALOG_INFO, signal);
  return {
    ...(found ?? first),
    name,
    branch,
    edited,
    ...(catalogInfo === undefined ? {} : { catalogInfo }),
  };
}
