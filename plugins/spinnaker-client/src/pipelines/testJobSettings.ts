// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { DeployTestJob } from './DeployPipelineSpec';

// Spinnaker evaluates expressions in whatever a Spinnaker pipeline holds.
const plain = z
  .string()
  .max(500)
  .regex(/^[^$#\p{Cc}]*$/u, "must hold no '$', '#' or control character");

/**
 * What an operator says of the Job that tries out what was deployed.
 *
 * ```yaml
 * testJob:
 *   environments: [staging]
 *   image: registry.example.com/tools/curl@sha256:…
 *   command: [curl, --fail, --retry, '5', 'http://{service}']
 *   imagePullSecrets: [registry]
 * ```
 *
 * @public
 */
export const testJobSettingsSchema = z.strictObject({
  /** The names of the Environments after whose rollout it runs. */
  environments: z.array(z.string().min(1)).min(1),
  image: plain.regex(
    /@sha256:[0-9a-f]{64}$/,
    'must name the image by digest, such as …@sha256:…',
  ),
  /** `{service}` and `{environment}` are filled in. */
  command: z.array(plain).min(1).max(50),
  imagePullSecrets: z
    .array(z.string().regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/))
    .optional(),
  timeoutSeconds: z.number().int().min(10).max(3600).optional(),
});

/** What an operator says of the Job that tries out what was deployed. @public */
export type TestJobSettings = z.infer<typeof testJobSettingsSchema>;

/** The Job for one service in one Environment; `undefined` where none is wanted. @public */
export function testJobFor(
  settings: TestJobSettings | undefined,
  names: { service: string; environment: string },
): DeployTestJob | undefined {
  if (!settings?.environments.includes(names.environment)) {
    return undefined;
  }
  const { image, command, imagePullSecrets, timeoutSeconds } = settings;
  return {
    image,
    command: command.map(word =>
      word
        .replaceAll('{service}', names.service)
        .replaceAll('{environment}', names.environment),
    ),
    ...(imagePullSecrets ? { imagePullSecrets } : {}),
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
  };
}
