// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@backstage/types';
import type { Answers, TierAnswers } from './answerSchemas';
import { nested } from './nested';
import { planPublishedChart, type PublishedChart } from './planPublishedChart';
import type { RuntimeFacts } from './runtimeFacts';

const TIERS = ['development', 'staging', 'production'] as const;
const REPLICAS = { development: 1, staging: 2, production: 3 };

/** What the steps of the template need to know of a new service. */
export type ServicePlan = {
  /** What is filled in into the files. */
  values: JsonObject;
  /** What values.yaml says already. */
  defaults: JsonObject;
  /** What differs by the tier of an environment. */
  tiers: JsonObject;
  /** The folder of `charts/` that the chart is made of. */
  chart: 'own' | 'published';
  baseImageSchedule: string;
};

/** Plans a service out of what a person answered and what is known of its runtime. */
export function planService(options: {
  answers: Answers;
  runtime: RuntimeFacts;
  /** The environments that every Release enters by itself. */
  automatic: readonly string[];
}): ServicePlan {
  const { answers, runtime, automatic } = options;
  const { chart } = answers;
  const published =
    chart.kind === 'published' ? planPublishedChart(chart, runtime) : undefined;
  const defaults: JsonObject = published
    ? {}
    : { replicas: REPLICAS.development, resources: runtime.resources };
  return {
    values: fileValues({ answers, runtime, published, automatic }),
    defaults,
    tiers: Object.fromEntries(
      TIERS.map(tier => [
        tier,
        tierValues({
          tier: { replicas: REPLICAS[tier], ...answers.tiers[tier] },
          runtime,
          published,
        }),
      ]),
    ),
    chart: chart.kind,
    baseImageSchedule: answers.baseImageSchedule ?? 'H 3 * * *',
  };
}

function fileValues(options: {
  answers: Answers;
  runtime: RuntimeFacts;
  published: PublishedChart | undefined;
  automatic: readonly string[];
}): JsonObject {
  const { answers, runtime, published, automatic } = options;
  const port = answers.port ?? runtime.container.port;
  return {
    name: answers.name,
    owner: answers.owner,
    system: answers.system ?? '',
    description: answers.description ?? `The service ${answers.name}`,
    path: answers.path ?? '',
    baseImage: answers.baseImage ?? runtime.baseImage,
    imageRegistry: answers.imageRegistry ?? '',
    imageOrganisation:
      answers.imageOrganisation ?? answers.organisation.toLowerCase(),
    scanFailsOn: answers.scanFailsOn,
    container: {
      ...runtime.container,
      port,
      healthPath: answers.healthPath ?? runtime.container.healthPath,
      healthPort: runtime.container.healthPort ?? port,
    },
    resources: runtime.resources,
    progressDeadlineSeconds: runtime.progressDeadlineSeconds,
    testCommand: runtime.testCommand,
    develop: runtime.develop.replaceAll('{port}', String(port)),
    ingressClass: answers.ingressClass ?? '',
    serviceMonitor: answers.serviceMonitor,
    notifyChannel: answers.notifyChannel ?? '',
    handOverTo: [...automatic],
    ...(published
      ? {
          published: {
            name: published.name,
            version: published.version,
            repository: published.repository,
            values: published.values,
            selectorLabel: published.selectorLabel,
          },
        }
      : {}),
  };
}

function tierValues(options: {
  tier: TierAnswers;
  runtime: RuntimeFacts;
  published: PublishedChart | undefined;
}): JsonObject {
  const { tier, runtime, published } = options;
  const resources = {
    requests: {
      cpu: tier.cpu ?? runtime.resources.requests.cpu,
      memory: tier.memory ?? runtime.resources.requests.memory,
    },
    limits: { memory: tier.memoryLimit ?? runtime.resources.limits.memory },
  };
  const asked = Boolean(tier.cpu ?? tier.memory ?? tier.memoryLimit);
  if (!published) {
    return {
      replicas: tier.replicas,
      ...(asked ? { resources } : {}),
      ...(tier.host ? { ingress: { enabled: true, host: tier.host } } : {}),
    };
  }
  const { placement } = published;
  return [
    placement.replicas && tier.replicas
      ? nested(placement.replicas, tier.replicas)
      : {},
    placement.resources && asked ? nested(placement.resources, resources) : {},
    placement.host && tier.host ? nested(placement.host, tier.host) : {},
  ].reduce<JsonObject>(merged, {});
}

/** Two maps as one; the second wins where both have a value that is no map. */
function merged(one: JsonObject, other: JsonObject): JsonObject {
  const both: JsonObject = { ...one };
  for (const [key, value] of Object.entries(other)) {
    const there = both[key];
    both[key] = isMap(there) && isMap(value) ? merged(there, value) : value;
  }
  return both;
}

function isMap(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
