// SPDX-License-Identifier: Apache-2.0
import type { SourceHost, SourceRepository } from '../plan/SourceHost';
import { ask, type Check } from '../verify/Check';
import type { AdoptAnswers } from './adoptAnswers';

/** A repository that is there, and its catalog file where it has one. */
export type SurveyedRepository = SourceRepository & {
  name: string;
  branch: string;
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
  signal?: AbortSignal;
}): Promise<{
  artifact?: SurveyedRepository;
  chart?: SurveyedRepository;
  checks: Check[];
}> {
  const { host, answers, environments, signal } = options;
  const checks: Check[] = [];
  const look = async (name: string, needed: Record<string, string>) => {
    const found = await findRepository({ host, answers, name, signal });
    const what = `The repository ${answers.organisation}/${name}`;
    if (!found) {
      checks.push({
        what,
        state: 'missing',
        detail: `is not there on ${host.host}`,
      });
      return undefined;
    }
    checks.push({ what, state: 'found', detail: `is there on ${host.host}` });
    for (const [path, why] of Object.entries(needed)) {
      checks.push(
        await ask(`${path} in ${name}`, async () => {
          const text = await host.readText(answers.organisation, name, {
            path,
            branch: found.branch,
            signal,
          });
          return text === undefined
            ? { state: 'missing', detail: `is not there; ${why}` }
            : { state: 'found', detail: 'is there' };
        }),
      );
    }
    return found;
  };

  const artifact = await look(answers.artifactRepository, {
    Jenkinsfile: 'the job image builds with it',
    Dockerfile: 'the image is made of it',
  });
  const chart = await look(answers.chartRepository, {
    Jenkinsfile: 'the job chart makes the Releases with it',
    'Chart.yaml': 'the chart is at the root of its repository',
    'image.yaml': 'the job image writes the newest image into it',
    ...Object.fromEntries(
      environments.map(({ name }) => [
        `values-${name}.yaml`,
        `the values of ${name} are read from it`,
      ]),
    ),
  });
  return {
    ...(artifact ? { artifact } : {}),
    ...(chart ? { chart } : {}),
    checks,
  };
}

async function findRepository(options: {
  host: SourceHost;
  answers: AdoptAnswers;
  name: string;
  signal?: AbortSignal;
}): Promise<SurveyedRepository | undefined> {
  const { host, answers, name, signal } = options;
  const { organisation } = answers;
  const first = await host.findRepository(organisation, name, {
    branch: 'main',
    signal,
  });
  if (!first) {
    return undefined;
  }
  const branch = first.defaultBranch ?? 'main';
  const found =
    branch === 'main'
      ? first
      : await host.findRepository(organisation, name, { branch, signal });
  const catalogInfo = await host.readText(organisation, name, {
    path: CATALOG_INFO,
    branch,
    signal,
  });
  return {
    ...(found ?? first),
    name,
    branch,
    ...(catalogInfo === undefined ? {} : { catalogInfo }),
  };
}
