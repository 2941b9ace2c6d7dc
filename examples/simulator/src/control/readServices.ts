// SPDX-License-Identifier: Apache-2.0
import type { BareRepository } from '../git/BareRepository';
import type { ForgeRepositories } from '../forge/ForgeRepositories';
import { listServices } from './locateService';

/** One service and where its sources are. */
export interface ServiceState {
  name: string;
  artifactRepository: string;
  chartRepository: string;
  /** The environments that the chart repository has values for. */
  environments: string[];
}

const VALUES_FILE = /^values-([a-z0-9-]+)\.yaml$/;

/** Every service that has an artifact and a chart repository. */
export async function readServices(
  hosts: readonly ForgeRepositories[],
): Promise<ServiceState[]> {
  return Promise.all(
    listServices(hosts).map(async ({ service, artifact, chart }) => {
      const { owner } = artifact.record.value;
      const { name, defaultBranch } = chart.record.value;
      return {
        name: service,
        artifactRepository: `${owner}/${service}`,
        chartRepository: `${owner}/${name}`,
        environments: await readEnvironments(chart.git, defaultBranch),
      };
    }),
  );
}

/** The environments that a chart repository has a values file for. */
async function readEnvironments(
  chart: BareRepository,
  branch: string,
): Promise<string[]> {
  const head = await chart.resolve(branch);
  const root = head ? await chart.entry(head, '') : undefined;
  const files = root ? await chart.entries(root.sha) : [];
  return files.flatMap(({ path }) => VALUES_FILE.exec(path)?.[1] ?? []);
}
