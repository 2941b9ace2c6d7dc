// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { organisationSchema, SERVICE_NAME } from '../plan/answerSchemas';

const repository = z
  .string()
  .regex(
    /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/,
    'must be the name of a repository',
  );
const entity = z
  .string()
  .max(200)
  .regex(/^[a-zA-Z0-9:/._-]+$/, 'must be the name of an entity');

const adoptAnswersSchema = z.object({
  service: z
    .string()
    .regex(
      SERVICE_NAME,
      'must be lower case letters, digits and dashes, start with a letter, and have at most 40 characters',
    ),
  owner: entity,
  system: entity.optional(),
  organisation: organisationSchema,
  sourceHost: z
    .string()
    .regex(/^[a-zA-Z0-9.-]+(:[0-9]+)?$/, 'must be a host')
    .optional(),
  artifactRepository: repository.optional(),
  chartRepository: repository.optional(),
  jenkinsFolder: z
    .string()
    .max(200)
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9._ -]*(\/[A-Za-z0-9][A-Za-z0-9._ -]*)*$/,
      'must be the full name of a Jenkins folder',
    )
    .optional(),
  spinnakerApplication: z
    .string()
    .regex(
      /^[a-zA-Z0-9][a-zA-Z0-9-]{0,99}$/,
      'must be the name of an application',
    )
    .optional(),
  kubernetesId: z
    .string()
    .regex(
      /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/,
      'must be the value of a label',
    )
    .optional(),
  path: z.string().regex(SERVICE_NAME, 'must name a promotion path').optional(),
  renderer: z.enum(['helm', 'kustomize']).optional(),
});

/** What has no default. */
type Optional = 'sourceHost' | 'system' | 'path' | 'renderer';

/** What is known of a service that is there already; names default to the service's. */
export type AdoptAnswers = Required<
  Omit<z.infer<typeof adoptAnswersSchema>, Optional>
> &
  Pick<z.infer<typeof adoptAnswersSchema>, Optional>;

/**
 * Reads what a person says of a service that is there already; an empty text is no answer.
 *
 * @throws InputError naming the first field that cannot be used, and why.
 */
export function readAdoptAnswers(sent: object): AdoptAnswers {
  const parsed = adoptAnswersSchema.safeParse(
    Object.fromEntries(Object.entries(sent).filter(([, value]) => value)),
  );
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InputError(`${issue.path.join('.')} ${issue.message}`);
  }
  const { service } = parsed.data;
  return {
    artifactRepository: service,
    chartRepository: `${service}-chart`,
    jenkinsFolder: service,
    spinnakerApplication: service,
    kubernetesId: service,
    ...parsed.data,
  };
}
