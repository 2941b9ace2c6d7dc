// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { stringify } from 'yaml';
import { z } from 'zod';
import type { Environment } from '../config/Environment';
import { differences } from './differences';
import { filledIn } from './filledIn';

const quantitiesSchema = z.record(z.string(), z.string());

/** What an overlay knows how to change. */
const overlayValuesSchema = z.strictObject({
  replicas: z.number().int().min(1).optional(),
  resources: z
    .strictObject({
      requests: quantitiesSchema.optional(),
      limits: quantitiesSchema.optional(),
    })
    .optional(),
  autoscaling: z
    .strictObject({
      enabled: z.boolean(),
      min: z.number().int().min(1),
      max: z.number().int().min(1),
    })
    .optional(),
  ingress: z
    .strictObject({ enabled: z.boolean(), host: z.string() })
    .optional(),
});

type OverlayValues = z.infer<typeof overlayValuesSchema>;

/**
 * The `kustomization.yaml` of an Environment: the base, the components it takes, and patches
 * for what differs there.
 *
 * @throws InputError when a value is given that an overlay knows nothing of.
 */
export function renderOverlay(options: {
  service: string;
  environment: Environment;
  values: JsonObject;
  defaults: JsonObject;
}): string {
  const { service, environment, values, defaults } = options;
  const parsed = overlayValuesSchema.safeParse(
    differences(
      filledIn(values, { service, environment: environment.name }),
      defaults,
    ),
  );
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InputError(
      `The values of ${
        environment.name
      } cannot be made an overlay of Kustomize: ${[
        ...issue.path,
        issue.message,
      ].join(': ')}`,
    );
  }
  const { autoscaling, ingress } = parsed.data;
  const components = [
    ...(autoscaling?.enabled ? ['../../components/autoscaling'] : []),
    ...(ingress?.enabled ? ['../../components/ingress'] : []),
  ];
  const content = stringify(
    {
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      resources: ['../../base'],
      ...(components.length > 0 ? { components } : {}),
      patches: [
        { patch: stringify(deployment(service, environment, parsed.data)) },
        ...(autoscaling?.enabled
          ? [{ patch: stringify(scaling(service, autoscaling)) }]
          : []),
        ...(ingress?.enabled
          ? [
              {
                target: { kind: 'Ingress', name: service },
                patch: stringify([
                  {
                    op: 'replace',
                    path: '/spec/rules/0/host',
                    value: ingress.host,
                  },
                ]),
              },
            ]
          : []),
      ],
    },
    { lineWidth: 0 },
  );
  return `# What differs in ${environment.name} (namespace ${environment.namespace}). Everything else comes from base.\n${content}`;
}

function deployment(
  service: string,
  environment: Environment,
  { replicas, resources, autoscaling }: OverlayValues,
) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: service },
    spec: {
      // how many there are is the autoscaler's business where there is one
      ...(replicas === undefined || autoscaling?.enabled ? {} : { replicas }),
      template: {
        spec: {
          containers: [
            {
              name: service,
              env: [{ name: 'ENVIRONMENT', value: environment.name }],
              ...(resources ? { resources } : {}),
            },
          ],
        },
      },
    },
  };
}

function scaling(service: string, { min, max }: { min: number; max: number }) {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: service },
    spec: { minReplicas: min, maxReplicas: max },
  };
}
