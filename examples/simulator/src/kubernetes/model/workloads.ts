// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { jsonValue } from './jsonValue';
import { labelSelectorSchema } from '../selectors/matchesLabels';

const strings = z.record(z.string(), z.string());
const reference = z
  .object({ name: z.string().default(''), optional: z.boolean().optional() })
  .catchall(jsonValue);

/** A container, with what decides whether it can be created and run. */
export const containerSchema = z
  .object({
    name: z.string().min(1),
    image: z.string().min(1),
    command: z.array(z.string()).optional(),
    env: z
      .array(
        z
          .object({
            name: z.string().min(1),
            valueFrom: z
              .object({
                configMapKeyRef: reference.optional(),
                secretKeyRef: reference.optional(),
              })
              .catchall(jsonValue)
              .optional(),
          })
          .catchall(jsonValue),
      )
      .optional(),
    envFrom: z
      .array(
        z
          .object({
            configMapRef: reference.optional(),
            secretRef: reference.optional(),
          })
          .catchall(jsonValue),
      )
      .optional(),
  })
  .catchall(jsonValue);

/** A container of a Pod. */
export type Container = z.infer<typeof containerSchema>;

/** The `spec` of a Pod. */
export const podSpecSchema = z
  .object({
    containers: z.array(containerSchema).min(1),
    initContainers: z.array(containerSchema).optional(),
    nodeName: z.string().optional(),
    nodeSelector: strings.optional(),
    restartPolicy: z.enum(['Always', 'OnFailure', 'Never']).default('Always'),
  })
  .catchall(jsonValue);

/** The template a workload makes its Pods from. */
export const podTemplateSchema = z.object({
  metadata: z
    .object({ labels: strings.optional(), annotations: strings.optional() })
    .catchall(jsonValue)
    .optional(),
  spec: podSpecSchema,
});

/** The template a workload makes its Pods from. */
export type PodTemplate = z.infer<typeof podTemplateSchema>;

const replicas = z.number().int().min(0).default(1);
const intOrPercent = z.union([
  z.number().int().min(0),
  z.string().regex(/^[0-9]+%$/),
]);

/** The `spec` of a Deployment. */
export const deploymentSpecSchema = z
  .object({
    replicas,
    selector: labelSelectorSchema,
    template: podTemplateSchema,
    paused: z.boolean().optional(),
    progressDeadlineSeconds: z.number().int().default(600),
    revisionHistoryLimit: z.number().int().min(0).default(10),
    strategy: z
      .object({
        type: z.enum(['RollingUpdate', 'Recreate']).default('RollingUpdate'),
        rollingUpdate: z
          .object({
            maxSurge: intOrPercent.default('25%'),
            maxUnavailable: intOrPercent.default('25%'),
          })
          .optional(),
      })
      .optional(),
  })
  .catchall(jsonValue);

/** The `spec` of a Deployment. */
export type DeploymentSpec = z.infer<typeof deploymentSpecSchema>;

/** The `spec` of a ReplicaSet. */
export const replicaSetSpecSchema = z
  .object({
    replicas,
    selector: labelSelectorSchema,
    template: podTemplateSchema,
  })
  .catchall(jsonValue);

/** The `spec` of a StatefulSet. */
export const statefulSetSpecSchema = z
  .object({
    replicas,
    serviceName: z.string().optional(),
    podManagementPolicy: z
      .enum(['OrderedReady', 'Parallel'])
      .default('OrderedReady'),
    selector: labelSelectorSchema,
    template: podTemplateSchema,
  })
  .catchall(jsonValue);

/** The `spec` of a DaemonSet. */
export const daemonSetSpecSchema = z
  .object({ selector: labelSelectorSchema, template: podTemplateSchema })
  .catchall(jsonValue);

/** The `spec` of a Job. */
export const jobSpecSchema = z
  .object({
    parallelism: z.number().int().min(0).default(1),
    completions: z.number().int().min(0).default(1),
    backoffLimit: z.number().int().min(0).default(6),
    suspend: z.boolean().optional(),
    template: podTemplateSchema,
  })
  .catchall(jsonValue);
