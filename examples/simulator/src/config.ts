// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import { z } from 'zod';

/** The hosts of repositories that can be simulated. */
export const REPOSITORY_HOSTS = [
  'github',
  'gitlab',
  'gitea',
  'azure',
  'bitbucketServer',
  'bitbucketCloud',
] as const;

/** A host of repositories that can be simulated. */
export type RepositoryHostName = (typeof REPOSITORY_HOSTS)[number];

/** Every vendor that can be simulated, in the order in which they are started. */
export const VENDORS = [
  'charts',
  'kubernetes',
  'spinnaker',
  'jenkins',
  ...REPOSITORY_HOSTS,
] as const;

const USUAL_VENDORS: readonly VendorName[] = [
  'charts',
  'kubernetes',
  'spinnaker',
  'jenkins',
  'github',
  'gitlab',
];

/** A vendor that can be simulated. */
export type VendorName = (typeof VENDORS)[number];

const LOOPBACK = ['localhost', '127.0.0.1', '::1'];

const port = (usual: number) =>
  z.number().int().min(0).max(65535).default(usual);
const secret = z.string().min(1);
const address = z.url({ protocol: /^https?$/ });

const repositoryHost = (usualPort: number) =>
  z
    .strictObject({
      port: port(usualPort),
      accounts: z
        .array(z.strictObject({ login: z.string().min(1), token: secret }))
        .default([]),
      organisations: z.array(z.string().min(1)).optional(),
      webhooks: z.array(address).default([]),
    })
    .prefault({});

const simulatorConfigSchema = z.strictObject({
  dataDir: z.string().min(1),
  vendors: z.array(z.enum(VENDORS)).default([...USUAL_VENDORS]),
  host: z
    .string()
    .refine(host => LOOPBACK.includes(host), {
      message:
        'the simulator listens on loopback only: use localhost, 127.0.0.1 or ::1',
    })
    .default('localhost'),
  github: repositoryHost(7081),
  gitlab: repositoryHost(7087),
  gitea: repositoryHost(7088),
  azure: repositoryHost(7089),
  bitbucketServer: repositoryHost(7090),
  bitbucketCloud: repositoryHost(7091),
  jenkins: z
    .strictObject({
      port: port(7082),
      users: z
        .array(z.strictObject({ name: z.string().min(1), apiToken: secret }))
        .default([]),
      environment: z.record(z.string(), z.string()).default({}),
      credentials: z
        .array(
          z.strictObject({
            id: z.string().min(1),
            username: z.string(),
            password: secret,
          }),
        )
        .default([]),
    })
    .prefault({}),
  spinnaker: z
    .strictObject({
      port: port(7083),
      token: secret.optional(),
      chartRepositoryUrl: address.optional(),
      accounts: z
        .array(
          z.strictObject({
            name: z.string().min(1),
            url: address.optional(),
            token: secret.optional(),
          }),
        )
        .default([]),
      claim: z.strictObject({ url: address, token: secret }).optional(),
    })
    .prefault({}),
  kubernetes: z
    .strictObject({
      port: port(7084),
      clusterName: z.string().min(1).default('local'),
      tokens: z
        .array(
          z.strictObject({
            user: z.string().min(1),
            token: secret,
            access: z.enum(['watch', 'all']).default('watch'),
          }),
        )
        .default([]),
    })
    .prefault({}),
  charts: z
    .strictObject({
      port: port(7085),
      credentials: z
        .strictObject({ username: z.string(), password: secret })
        .optional(),
    })
    .prefault({}),
});

/** The simulator's configuration, checked, with every default filled in. */
export type SimulatorConfig = z.infer<typeof simulatorConfigSchema>;

/**
 * Reads the `simulator` part of the configuration.
 *
 * @throws InputError naming the key at fault; values are never repeated, as they may be
 * secrets.
 */
export function readSimulatorConfig(value: unknown): SimulatorConfig {
  const parsed = simulatorConfigSchema.safeParse(value);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(
      issue => `${['simulator', ...issue.path].join('.')}: ${issue.message}`,
    );
    throw new InputError(`Invalid configuration: ${faults.join('; ')}`);
  }
  return parsed.data;
}
