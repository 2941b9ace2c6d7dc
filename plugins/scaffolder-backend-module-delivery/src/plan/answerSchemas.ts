// SPDX-License-Identifier: Apache-2.0
import { environmentNameSchema } from 'backstage-plugin-delivery-common';
import { z } from 'zod';

/**
 * The form of a service's name, which also names its repositories, Jenkins folder,
 * Spinnaker application and namespaces.
 */
export const SERVICE_NAME = /^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/;

const IMAGE_NAME =
  '[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*';
const PINNED_IMAGE = new RegExp(
  `^${IMAGE_NAME}(:(?!latest$)[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}|(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?@sha256:[0-9a-f]{64})$`,
);

/** Whose repositories they are: an organisation, a user, a group, or a subgroup `group/subgroup`. */
export const organisationSchema = z
  .string()
  .max(255)
  .regex(
    /^[A-Za-z0-9]([A-Za-z0-9._-]{0,98}[A-Za-z0-9])?(\/[A-Za-z0-9]([A-Za-z0-9._-]{0,98}[A-Za-z0-9])?){0,19}$/,
    'must be the name of an organisation, user or group; a subgroup is written group/subgroup',
  );

/** An image that names one version: a tag that is not `latest`, or a digest. */
export const pinnedImageSchema = z
  .string()
  .max(300)
  .regex(
    PINNED_IMAGE,
    "must name one version, such as node:22-alpine or …@sha256:…; 'latest' and a missing version are refused",
  );

/** A path of keys in the values of a chart, such as `image.tag`. */
export const pathSchema = z
  .string()
  .max(200)
  .regex(
    /^[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z][A-Za-z0-9_-]*)*$/,
    'must be keys with dots between them, such as image.tag',
  );

/** An exact version of a chart, never a range. */
export const chartVersionSchema = z
  .string()
  .max(64)
  .regex(
    /^[0-9]+\.[0-9]+\.[0-9]+([-+][0-9A-Za-z.+-]+)?$/,
    "must be one exact version, such as 4.0.0-1; 'latest' and ranges are refused",
  );

const quantity = z
  .string()
  .regex(
    /^[0-9]+(\.[0-9]+)?(m|k|Ki|M|Mi|G|Gi)?$/,
    'must be an amount that Kubernetes understands, such as 250m or 512Mi',
  );

/** How a new version takes the place of the old one. */
const strategySchema = z.enum(['rolling', 'blue-green']);

/** How a new version takes the place of the old one. */
export type Strategy = z.infer<typeof strategySchema>;

const tierSchema = z.strictObject({
  replicas: z.number().int().min(1).max(20).optional(),
  maxReplicas: z.number().int().min(2).max(100).optional(),
  cpu: quantity.optional(),
  memory: quantity.optional(),
  memoryLimit: quantity.optional(),
  host: z
    .string()
    .max(253)
    .regex(
      /^([a-z0-9.-]|\{service\}|\{environment\})*$/,
      'must be a host name; {service} and {environment} are filled in',
    )
    .optional(),
  strategy: strategySchema.optional(),
});

/** The answers of one environment tier. */
export type TierAnswers = z.infer<typeof tierSchema>;

const chartSchema = z.strictObject({
  kind: z.enum(['own', 'published']).default('own'),
  repository: z
    .string()
    .max(300)
    .regex(
      /^(https?|oci):\/\/[A-Za-z0-9.-]+(:[0-9]+)?(\/[A-Za-z0-9._~/-]*)?$/,
      'must be the address of a chart repository, without a user',
    )
    .optional(),
  name: z
    .string()
    .max(100)
    .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, 'must be the name of a chart')
    .optional(),
  version: chartVersionSchema.optional(),
  imageRegistry: pathSchema.optional(),
  imageName: pathSchema.optional(),
  imageTag: pathSchema.optional(),
  imageDigest: pathSchema.optional(),
  replicas: pathSchema.optional(),
  resources: pathSchema.optional(),
  host: pathSchema.optional(),
  selectorLabel: z
    .string()
    .max(100)
    .regex(
      /^([a-z0-9.-]+\/)?[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/,
      'must be the name of a label',
    )
    .optional(),
});

/** A form keeps what was answered of a published chart when the choice is taken back. */
function withoutForgotten(chart: unknown): unknown {
  const parsed = z.object({ kind: z.literal('own') }).safeParse(chart);
  return parsed.success ? parsed.data : chart;
}

const plain = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\p{Cc}\u2028\u2029\ufffe\uffff]*$/u, 'must be one line of text');

/** What a person answers about a new service; an empty text counts as no answer. */
export const answersSchema = z.strictObject({
  name: z
    .string()
    .regex(
      SERVICE_NAME,
      'must be lower case letters, digits and dashes, start with a letter, and have at most 40 characters',
    ),
  owner: z
    .string()
    .max(200)
    .regex(/^[a-zA-Z0-9:/._-]+$/, 'must be the name of a group or user'),
  system: z
    .string()
    .max(200)
    .regex(/^[a-zA-Z0-9:/._-]+$/, 'must be the name of a system')
    .optional(),
  description: plain(200).optional(),
  runtime: z.string().regex(SERVICE_NAME, 'must name a runtime').optional(),
  sourceHost: z
    .string()
    .max(255)
    .regex(/^[a-zA-Z0-9.-]+(:[0-9]+)?$/, 'must be a host')
    .optional(),
  organisation: organisationSchema,
  path: z
    .string()
    .regex(/^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/, 'must name a promotion path')
    .optional(),
  baseImage: pinnedImageSchema.optional(),
  baseImageSchedule: z
    .string()
    .max(100)
    .regex(
      /^(@(hourly|daily|midnight|weekly|monthly)|[H0-9*/,()-]+( +[H0-9A-Za-z*/,()-]+){4})$/,
      "must be a schedule of Jenkins, such as 'H 3 * * *'",
    )
    .optional(),
  imageRegistry: z
    .string()
    .max(255)
    .regex(
      /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]+)?$/,
      'must be the host of an image registry',
    )
    .optional(),
  imageOrganisation: z
    .string()
    .max(200)
    .regex(
      /^[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/,
      'must be a path in the image registry, in lower case',
    )
    .optional(),
  scanFailsOn: z
    .enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'NONE'])
    .default('CRITICAL'),
  port: z.number().int().min(1024).max(65535).optional(),
  healthPath: z
    .string()
    .max(100)
    .regex(/^\/[A-Za-z0-9/._-]*$/, 'must be a path')
    .optional(),
  renderer: z.enum(['helm', 'kustomize']).default('helm'),
  /** Where the chart is kept, and thereby how Spinnaker gets it. */
  chartHandover: z.enum(['registry', 'oci', 'embedded']).default('registry'),
  chart: z.preprocess(withoutForgotten, chartSchema.default({ kind: 'own' })),
  tiers: z
    .strictObject({
      development: tierSchema.optional(),
      staging: tierSchema.optional(),
      production: tierSchema.optional(),
    })
    .default({}),
  /** By the name of an Environment; wins over what its tier says. */
  strategy: z.record(environmentNameSchema, strategySchema).default({}),
  ingress: z.boolean().default(true),
  ingressClass: z
    .string()
    .max(100)
    .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, 'must name an ingress class')
    .optional(),
  serviceMonitor: z.boolean().default(false),
  notifyChannel: z
    .string()
    .max(80)
    .regex(
      /^[#@]?[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/,
      'must be the name of a channel',
    )
    .optional(),
});

/** What a person answered about a new service. */
export type Answers = z.infer<typeof answersSchema>;
