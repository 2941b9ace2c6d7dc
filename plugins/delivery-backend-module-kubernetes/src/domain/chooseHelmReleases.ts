// SPDX-License-Identifier: Apache-2.0
import type { HelmRelease } from 'backstage-plugin-delivery-common';
import type { ProjectedHelmRelease } from './projectHelmRelease';
import type { ProjectedWorkload } from './projectWorkload';

const SHOWN = 5;

/** What Helm recorded of a Service in a namespace. */
export interface ChosenHelmReleases {
  /** The newest revision of each. */
  newest: HelmRelease[];
  /** The chart and its version that a Workload was deployed with, as its label would say it. */
  chartOf(workload: ProjectedWorkload): string | undefined;
}

/**
 * Chooses the HelmReleases that belong to a Service: those that its Workloads name by the
 * labels that Helm recommends, and the one that has the Service's own name.
 *
 * @remarks
 * The last one is there to be seen when a first install failed before anything ran.
 */
export function chooseHelmReleases(options: {
  records: readonly ProjectedHelmRelease[];
  workloads: readonly ProjectedWorkload[];
  /** The name of the Service, without kind and namespace. */
  name: string;
}): ChosenHelmReleases {
  const { name, records, workloads } = options;
  const names = new Set([name, ...workloads.flatMap(instanceOf)]);
  const ours = records
    .filter(({ release }) => names.has(release))
    .sort((a, b) => b.revision - a.revision);
  const newest = new Map<string, ProjectedHelmRelease>();
  const deployed = new Map<string, ProjectedHelmRelease>();
  for (const record of ours) {
    if (!newest.has(record.release)) {
      newest.set(record.release, record);
    }
    if (record.status === 'deployed' && !deployed.has(record.release)) {
      deployed.set(record.release, record);
    }
  }
  return {
    newest: [...newest.values()]
      .sort((a, b) => (a.release < b.release ? -1 : 1))
      .slice(0, SHOWN)
      .map(toHelmRelease),
    chartOf(workload) {
      const [instance] = instanceOf(workload);
      const record =
        instance === undefined ? undefined : deployed.get(instance);
      return record?.chart && record.version
        ? `${record.chart}-${record.version}`
        : undefined;
    },
  };
}

function instanceOf({ labels }: ProjectedWorkload): string[] {
  const instance = labels['app.kubernetes.io/instance'];
  return labels['app.kubernetes.io/managed-by'] === 'Helm' && instance
    ? [instance]
    : [];
}

function toHelmRelease(record: ProjectedHelmRelease): HelmRelease {
  const { chart, digest, release, revision, status, version } = record;
  return {
    name: release,
    revision,
    status,
    ...(chart === undefined ? {} : { chart }),
    ...(version === undefined ? {} : { version }),
    ...(digest === undefined ? {} : { digest }),
  };
}
