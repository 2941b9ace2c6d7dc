// SPDX-License-Identifier: Apache-2.0
import { stringify } from 'yaml';
import { z } from 'zod';

/** What is read of a chart when its templates cannot be evaluated. */
export type PlainChart = {
  name: string;
  version: string;
  /** The content of `image.yaml`, when the chart has one. */
  image?: unknown;
  /** `values.yaml` with the given values laid over it. */
  values: unknown;
};

const text = z.union([z.string(), z.number()]).transform(String);
const imageSchema = z.object({
  name: text.optional(),
  repository: text.optional(),
  tag: text.optional(),
  digest: text.optional(),
});
const valuesSchema = z.object({
  replicas: z.number().optional(),
  replicaCount: z.number().optional(),
  image: imageSchema.optional(),
  environment: text.optional(),
  service: z.object({ port: z.number().optional() }).optional(),
  container: z.object({ port: z.number().optional() }).optional(),
  env: z.record(z.string(), z.unknown()).optional(),
});

/**
 * Renders a Deployment and a Service from a chart's values alone; the templates are not
 * looked at.
 *
 * @throws Error when neither `image.yaml` nor the values name an image.
 */
export function renderPlainChart(options: {
  chart: PlainChart;
  release: string;
  namespace?: string;
}): string {
  const { chart, namespace } = options;
  const values = valuesSchema.parse(chart.values ?? {});
  const image = imageSchema.parse(chart.image ?? values.image ?? {});
  const repository = image.name ?? image.repository;
  if (!repository) {
    throw new Error('neither image.yaml nor the values name an image');
  }
  const labels = { 'app.kubernetes.io/name': chart.name };
  const metadata = {
    name: chart.name,
    ...(namespace && { namespace }),
    labels: {
      ...labels,
      'app.kubernetes.io/version': image.tag ?? chart.version,
      'backstage.io/kubernetes-id': chart.name,
      'helm.sh/chart': `${chart.name}-${chart.version}`,
    },
  };
  const environment = {
    ...(values.environment && { ENVIRONMENT: values.environment }),
    ...values.env,
  };
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      replicas: values.replicas ?? values.replicaCount ?? 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels: metadata.labels },
        spec: {
          containers: [
            {
              name: chart.name,
              image: image.digest
                ? `${repository}@${image.digest}`
                : `${repository}:${image.tag ?? chart.version}`,
              env: Object.entries(environment).map(([name, value]) => ({
                name,
                value: String(value),
              })),
              ports: [
                { name: 'http', containerPort: values.container?.port ?? 8080 },
              ],
            },
          ],
        },
      },
    },
  };
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: {
      selector: labels,
      ports: [
        { name: 'http', port: values.service?.port ?? 80, targetPort: 'http' },
      ],
    },
  };
  return `---\n${stringify(deployment)}---\n${stringify(service)}`;
}

/** Lays values over others as Helm does: maps merge, everything else replaces, null removes. */
export function mergeValues(under: unknown, over: unknown): unknown {
  if (!isMap(under) || !isMap(over)) {
    return over === undefined ? under : over;
  }
  const merged = new Map(Object.entries(under));
  for (const [key, value] of Object.entries(over)) {
    if (value === null) {
      merged.delete(key);
    } else {
      merged.set(key, mergeValues(merged.get(key), value));
    }
  }
  return Object.fromEntries(merged);
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
