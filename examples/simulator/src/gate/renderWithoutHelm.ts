// SPDX-License-Identifier: Apache-2.0
import type {
  BakeRequest,
  BakeResult,
} from 'backstage-plugin-spinnaker-client/testUtils';
import { Parser } from 'tar';
import { parse } from 'yaml';
import { z } from 'zod';

const chartSchema = z.looseObject({ name: z.string(), version: z.string() });
const imageSchema = z.object({
  name: z.string(),
  tag: z.string().default(''),
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
});
const valuesSchema = z.looseObject({
  replicas: z.number().int().optional(),
  environment: z.string().optional(),
  env: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .optional(),
  container: z.looseObject({ port: z.number().optional() }).optional(),
  service: z.looseObject({ port: z.number().optional() }).optional(),
  progressDeadlineSeconds: z.number().optional(),
});

type Values = z.infer<typeof valuesSchema>;

/**
 * Renders a plain Deployment and Service for a chart of the service template, for machines
 * without Helm.
 *
 * @remarks
 * The labels are those the chart gives; its own templates are not read. The result says so.
 */
export async function renderWithoutHelm(options: {
  request: BakeRequest;
  archive: Uint8Array;
}): Promise<BakeResult> {
  const { request, archive } = options;
  try {
    const files = await readFiles(archive, [
      'Chart.yaml',
      'values.yaml',
      'image.yaml',
    ]);
    const chart = chartSchema.parse(parse(files['Chart.yaml'] ?? ''));
    const image = imageSchema.parse(parse(files['image.yaml'] ?? ''));
    const values = [files['values.yaml'] ?? '', ...request.values]
      .map(text => valuesSchema.parse(parse(text) ?? {}))
      .reduce<Values>((all, one) => ({ ...all, ...one }), {});
    const manifests = render({ chart, image, values });
    return {
      kind: 'baked',
      yaml: manifests.map(one => JSON.stringify(one)).join('\n---\n'),
      message:
        'Helm is not installed on this machine, so the chart was rendered in a simplified way: its own templates were not used',
    };
  } catch (error) {
    const reason =
      error instanceof z.ZodError
        ? z.prettifyError(error).replaceAll('\n', ' ')
        : String(error);
    return { kind: 'failed', status: 500, message: `Bake failed: ${reason}` };
  }
}

function render(options: {
  chart: z.infer<typeof chartSchema>;
  image: z.infer<typeof imageSchema>;
  values: Values;
}) {
  const { chart, image, values } = options;
  const selector = { 'app.kubernetes.io/name': chart.name };
  const podLabels = {
    ...selector,
    'app.kubernetes.io/version': image.tag,
    'backstage.io/kubernetes-id': chart.name,
  };
  const labels = {
    ...podLabels,
    'helm.sh/chart': `${chart.name}-${chart.version}`.replace('+', '_'),
    'app.kubernetes.io/managed-by': 'Helm',
  };
  const environment = { ...values.env, ENVIRONMENT: values.environment ?? '' };
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: chart.name, labels },
      spec: {
        selector,
        ports: [
          {
            name: 'http',
            port: values.service?.port ?? 80,
            targetPort: 'http',
          },
        ],
      },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: chart.name, labels },
      spec: {
        replicas: values.replicas ?? 1,
        progressDeadlineSeconds: values.progressDeadlineSeconds ?? 120,
        selector: { matchLabels: selector },
        template: {
          metadata: { labels: podLabels },
          spec: {
            containers: [
              {
                name: chart.name,
                image: `${image.name}@${image.digest}`,
                env: Object.entries(environment).map(([name, value]) => ({
                  name,
                  value: String(value),
                })),
                ports: [
                  {
                    name: 'http',
                    containerPort: values.container?.port ?? 8080,
                  },
                ],
              },
            ],
          },
        },
      },
    },
  ];
}

function readFiles(
  archive: Uint8Array,
  names: string[],
): Promise<Record<string, string>> {
  return new Promise((resolve, reject) => {
    const chunks: Record<string, Buffer[]> = {};
    const parser = new Parser({
      strict: true,
      filter: path => names.includes(path.split('/').slice(1).join('/')),
      onReadEntry: entry => {
        const list: Buffer[] = [];
        chunks[entry.path.split('/').slice(1).join('/')] = list;
        entry.on('data', chunk => list.push(chunk));
      },
    });
    parser.on('end', () =>
      resolve(
        Object.fromEntries(
          Object.entries(chunks).map(([name, list]) => [
            name,
            Buffer.concat(list).toString('utf8'),
          ]),
        ),
      ),
    );
    parser.on('error', reject);
    parser.end(Buffer.from(archive));
  });
}
