// SPDX-License-Identifier: Apache-2.0
import type {
  ServiceCondition,
  ServiceOverview,
} from 'backstage-plugin-delivery-common';
import { CONDITIONS } from './CONDITIONS';
import { formatWhen } from './formatWhen';
import type { Looks } from './Looks';
import { overviewLooks } from './overviewLooks';
import { overviewPath, type OverviewStop } from './overviewPath';
import { pathEnvironments } from './pathEnvironments';
import { personName } from './personName';
import type { ViewClock } from './ViewClock';

/** One cell of the overview. */
export type OverviewCell =
  | { kind: 'absent' }
  | { kind: 'present'; looks: Looks; release?: number };

/** One Service of the overview. */
export type OverviewRow = {
  service: string;
  title: string;
  owner?: string;
  condition: ServiceCondition;
  cells: (OverviewCell & { environment: string })[];
  /** What the row expands to. */
  path: OverviewStop[];
  going: Looks;
  changed?: { text: string; at: string };
};

/** The overview's table: its columns, its rows worst first, and the counts. */
export type OverviewView = {
  columns: string[];
  rows: OverviewRow[];
  counts: { condition: ServiceCondition; count: number }[];
  /** How many there are before the condition filters. */
  total: number;
};

const ORDER: readonly ServiceCondition[] = [
  'needs-attention',
  'unhealthy',
  'drifted',
  'not-seen',
  'blocked',
  'in-flight',
  'behind',
  'same',
  'not-on-path',
];

/** The overview for what the reader filtered by. */
export function overview(
  services: readonly ServiceOverview[],
  filter: {
    text: string;
    owner?: string;
    system?: string;
    condition?: ServiceCondition;
  },
  clock: ViewClock,
): OverviewView {
  const text = filter.text.trim().toLocaleLowerCase('en');
  const found = services.filter(
    service =>
      (text === '' ||
        service.title.toLocaleLowerCase('en').includes(text) ||
        personName(service.service).includes(text)) &&
      (filter.owner === undefined || service.owner === filter.owner) &&
      (filter.system === undefined || service.system === filter.system),
  );
  const columns = pathEnvironments(services);
  return {
    columns,
    total: found.length,
    counts: ORDER.map(condition => ({
      condition,
      count: found.filter(service => service.condition === condition).length,
    })),
    rows: found
      .filter(
        service =>
          filter.condition === undefined ||
          service.condition === filter.condition,
      )
      .sort(
        (a, b) =>
          ORDER.indexOf(a.condition) - ORDER.indexOf(b.condition) ||
          a.title.localeCompare(b.title),
      )
      .map(service => rowOf(service, columns, clock)),
  };
}

function rowOf(
  service: ServiceOverview,
  columns: readonly string[],
  clock: ViewClock,
): OverviewRow {
  const latest = service.environments
    .flatMap(({ since }) => since ?? [])
    .sort()
    .at(-1);
  return {
    service: service.service,
    title: service.title,
    owner: service.owner,
    condition: service.condition,
    cells: columns.map(environment => ({
      environment,
      ...cellOf(service, environment),
    })),
    path: overviewPath(service, clock),
    going: goingOn(service),
    ...(latest
      ? { changed: { text: formatWhen(latest, clock), at: latest } }
      : {}),
  };
}

function cellOf(service: ServiceOverview, name: string): OverviewCell {
  const environment = service.environments.find(each => each.name === name);
  return environment
    ? {
        kind: 'present',
        looks: overviewLooks(environment),
        release: environment.release,
      }
    : { kind: 'absent' };
}

function goingOn(service: ServiceOverview): Looks {
  const looks = CONDITIONS[service.condition];
  const { environments, condition } = service;
  if (
    condition === 'same' &&
    environments.every(({ release }) => release === undefined)
  ) {
    return { label: 'Nothing delivered yet', tone: 'unknown', icon: 'empty' };
  }
  const moving = environments.find(each => each.promotion);
  const label = {
    'needs-attention': moving?.promotion
      ? `Outcome of ${moving.promotion.releaseNumber} unknown`
      : looks.label,
    unhealthy: inEnvironment(
      'Unhealthy',
      environments.find(each => each.health === 'unhealthy'),
    ),
    drifted: looks.label,
    'not-seen': 'Cluster unreachable',
    blocked: moving?.promotion
      ? `Release ${moving.promotion.releaseNumber} to ${moving.name} waits`
      : looks.label,
    'in-flight': moving?.promotion
      ? `Release ${moving.promotion.releaseNumber} to ${moving.name}`
      : looks.label,
    behind: behindText(environments),
    same: looks.label,
    'not-on-path': 'Not on a promotion path',
  }[condition];
  return { ...looks, label };
}

function inEnvironment(
  word: string,
  environment: { name: string } | undefined,
): string {
  return environment ? `${word} in ${environment.name}` : word;
}

function behindText(environments: ServiceOverview['environments']): string {
  const most = [...environments].sort(
    (a, b) => (b.behind ?? 0) - (a.behind ?? 0),
  )[0];
  return most?.behind ? `${most.behind} behind in ${most.name}` : 'Behind';
}
