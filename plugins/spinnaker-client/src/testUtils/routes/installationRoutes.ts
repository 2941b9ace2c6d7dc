// SPDX-License-Identifier: Apache-2.0
import { GateFailure } from '../GateReply';
import { parseManifestName } from '../orca/stages/manifestName';
import { manifestStability } from '../orca/stages/manifestStability';
import { GateRoute } from './GateRoute';

/** What can be read about the installation itself. */
export const installationRoutes: GateRoute[] = [
  {
    method: 'GET',
    pattern: '/health',
    handle: () => ({
      status: 200,
      body: { status: 'UP' },
      headers: {
        'content-type': 'application/vnd.spring-boot.actuator.v3+json',
      },
    }),
  },
  {
    method: 'GET',
    pattern: '/version',
    handle: () => ({ status: 200, body: { version: 'Unknown' } }),
  },
  {
    method: 'GET',
    pattern: '/auth/user',
    handle: ({ user }) => ({
      status: 200,
      body: {
        accountNonExpired: true,
        accountNonLocked: true,
        allowedAccounts: [],
        authorities: rolesOf(user).map(authority => ({ authority })),
        credentialsNonExpired: true,
        email: user,
        enabled: true,
        firstName: null,
        lastName: null,
        roles: rolesOf(user),
        username: user,
      },
    }),
  },
  {
    method: 'GET',
    pattern: '/credentials',
    handle: (_, { world }) => ({
      status: 200,
      body: world.backends.accounts().map(name => ({
        authorized: true,
        name,
        permissions: {},
        requiredGroupMembership: [],
        type: 'kubernetes',
      })),
    }),
  },
  {
    method: 'GET',
    pattern: '/artifacts/credentials',
    handle: () => ({
      status: 200,
      body: [
        {
          name: 'embedded-artifact',
          type: 'artifacts-embedded',
          types: ['embedded/base64', 'remote/base64'],
        },
        {
          name: 'charts',
          type: 'artifacts-helm',
          types: ['helm/chart', 'helm/index'],
        },
        {
          name: 'git-charts',
          type: 'artifacts-git-repo',
          types: ['git/repo'],
        },
      ],
    }),
  },
  {
    method: 'GET',
    pattern: '/webhooks/preconfigured',
    handle: (_, { webhooks }) => ({
      status: 200,
      body: webhooks.map(webhook => ({
        description: webhook.description,
        label: webhook.label,
        noUserConfigurableFields: false,
        parameters: [],
        preconfiguredProperties: Object.keys(webhook).filter(
          key =>
            !['type', 'label', 'description', 'parameterValues'].includes(key),
        ),
        type: webhook.type,
        waitForCompletion: webhook.waitForCompletion ?? false,
      })),
    }),
  },
  {
    method: 'GET',
    pattern: '/capabilities/quietPeriod',
    handle: () => ({
      status: 200,
      body: { enabled: false, inQuietPeriod: false },
    }),
  },
  {
    method: 'GET',
    pattern: '/manifests/:/:/:',
    handle: async ({ params: [account, location, name] }, { world }) => {
      const found = world.backends.accounts().includes(account)
        ? await world.backends.readManifest({
            account,
            namespace: location,
            ...parseManifestName(name),
            signal: AbortSignal.timeout(10_000),
          })
        : undefined;
      if (!found) {
        throw new GateFailure({
          status: 404,
          message: `Status: 404, Method: GET, URL: http://clouddriver/manifests/${account}/${location}/${name}, Message: Manifest (account: ${account}, location: ${location}, name: ${name}) not found`,
        });
      }
      const stability = manifestStability(found);
      const state = (on: boolean) => ({ state: on });
      return {
        status: 200,
        body: {
          account,
          artifacts: [],
          events: [],
          location,
          manifest: found,
          metrics: [],
          moniker: {},
          name,
          status: {
            available: state(stability.kind === 'stable'),
            failed: state(stability.kind === 'failed'),
            paused: state(false),
            stable: state(stability.kind === 'stable'),
          },
          warnings: [],
        },
      };
    },
  },
];

function rolesOf(user: string): string[] {
  return user === 'anonymous' ? [] : ['USER'];
}
