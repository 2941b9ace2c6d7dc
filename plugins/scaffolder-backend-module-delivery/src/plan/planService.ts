// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { Environment } from '../config/Environment';
import type { Answers, TierAnswers } from './answerSchemas';
import { nested } from './nested';
import { planPublishedChart, type PublishedChart } from './planPublishedChart';
import { planStrategies } from './planStrategies';
import type { RuntimeFacts } from './runtimeFacts';

const TIERS = ['development', 'staging', 'production'] as const;
const CHART_REGISTRIES = {
  registry: 'classic',
  oci: 'oci',
  embedded: 'none',
} as const;
const REPLICAS = { development: 1, staging: 2, production: 3 };

/** What the steps of the template need to know of a new service. */
export type ServicePlan = {
  /** What is filled in into the files. */
  values: JsonObject;
  /** What values.yaml says already. */
  defaults: JsonObject;
  /** What differs by the tier of an environment. */
  tiers: JsonObject;
  /** What differs by the name of an Environment. */
  environments: JsonObject;
  /** The folder of `charts/` that the chart is made of. */
  chart: 'own' | 'published' | 'kustomize';
  baseImageSchedule: string;
};

/**
 * Plans a service out of what a person answered and what is known of its runtime.
 *
 * @throws InputError naming the fields that do not go together.
 */
export function planService(options: {
  answers: Answers;
  runtime: RuntimeFacts;
  environments: readonly Environment[];
  /** What the builds have to know of the source host. */
  buildEnvironment: Readonly<Record<string, string>>;
}): ServicePlan {
  const { answers, runtime, environments, buildEnvironment } = options;
  const { chart } = answers;
  const kustomize = answers.renderer === 'kustomize';
  if (kustomize && chart.kind === 'published') {
    throw new InputError(
      `renderer 'kustomize' has manifests of its own; choose 'helm' for a published chart`,
    );
  }
  if (kustomize && answers.chartHandover === 'embedded') {
    throw new InputError(
      `chartHandover 'embedded' is for charts; what 'kustomize' renders is read from Git, so choose 'registry' or 'oci' for its record`,
    );
  }
  const strategy = planStrategies({ answers, environments });
  const published =
    chart.kind === 'published' ? planPublishedChart(chart, runtime) : undefined;
  const defaults: JsonObject = published
    ? {}
    : { replicas: REPLICAS.development, resources: runtime.resources };
  return {
    values: {
      ...fileValues({ answers, runtime, published, strategy, environments }),
      buildEnvironment: { ...buildEnvironment },
    },
    defaults,
    environments: Object.fromEntries(
      Object.entries(strategy)
        .filter(([, chosen]) => chosen !== 'rolling')
        .map(([name, chosen]) => [name, { strategy: chosen }]),
    ),
    tiers: Object.fromEntries(
      TIERS.map(tier => [
        tier,
        tierValues({
          name: tier,
          tier: {
            ...answers.tiers[tier],
            replicas: answers.tiers[tier]?.replicas ?? REPLICAS[tier],
          },
          ingress: answers.ingress,
          runtime,
          published,
        }),
      ]),
    ),
    chart: kustomize ? 'kustomize' : chart.kind,
    baseImageSchedule: answers.baseImageSchedule ?? 'H 3 * * *',
  };
}

function fileValues(options: {
  answers: Answers;
  runtime: RuntimeFacts;
  published: PublishedChart | undefined;
  strategy: JsonObject;
  environments: readonly Environment[];
}): JsonObject {
  const { answers, runtime, published, strategy, environments } = options;
  const port = answers.port ?? runtime.container.port;
  return {
    name: answers.name,
    owner: answers.owner,
    system: answers.system ?? '',
    description: answers.description ?? `The service ${answers.name}`,
    path: answers.path ?? '',
    renderer: answers.renderer,
    chartRegistry: CHART_REGISTRIES[answers.chartHandover],
    // Not every Spinnaker reads OCI registries; bytes are baked by any.
    handOver:
      answers.renderer === 'helm' && answers.chartHandover !== 'registry'
        ? 'embedded'
        : 'registry',
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
    strategy,
    switched: Object.keys(strategy).filter(
      name => strategy[name] === 'blue-green',
    ),
    ingress: answers.ingress,
    ingressClass: answers.ingressClass ?? '',
    serviceMonitor: answers.serviceMonitor,
    notifyChannel: answers.notifyChannel ?? '',
    handOverTo: environments
      .filter(({ automatic }) => automatic)
      .map(({ name }) => name),
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
  name: string;
  tier: TierAnswers & { replicas: number };
  ingress: boolean;
  runtime: RuntimeFacts;
  published: PublishedChart | undefined;
}): JsonObject {
  const { name, tier, ingress, runtime, published } = options;
  const { replicas, maxReplicas } = tier;
  if (maxReplicas !== undefined && published) {
    throw new InputError(
      `tiers.${name}.maxReplicas needs a chart of its own; say in the values files how the published chart scales`,
    );
  }
  if (maxReplicas !== undefined && maxReplicas <= replicas) {
    throw new InputError(
      `tiers.${name}.maxReplicas must be more than its replicas, ${replicas}`,
    );
  }
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
      replicas,
      ...(asked ? { resources } : {}),
      ...(maxReplicas
        ? { autoscaling: { enabled: true, min: replicas, max: maxReplicas } }
        : {}),
      ...(tier.host ? { ingress: { enabled: ingress, host: tier.host } } : {}),
    };
  }
  const { placement } = published;
  return [
    placement.replicas ? nested(placement.replicas, replicas) : {},
    placement.resources && asked ? nested(placement.resources, resources) : {},
    placement.host && tier.host && ingress
      ? nested(placement.host, tier.host)
      : {},
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
