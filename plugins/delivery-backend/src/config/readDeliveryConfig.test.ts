// SPDX-License-Identifier: Apache-2.0
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import type { Gate } from 'backstage-plugin-delivery-node';
import { z } from 'zod';
import { durationSchema } from '../domain/durationSchema';
import { readDeliveryConfig } from './readDeliveryConfig';

const soak: Gate = {
  type: 'soak',
  title: () => 'Soak',
  defaultFor: ['forward'],
  configSchema: z.strictObject({
    type: z.literal('soak'),
    for: durationSchema,
  }),
  evaluate: () => ({ status: 'pass', reason: 'Long enough.' }),
};

const approvals: Gate = {
  type: 'approvals',
  title: () => 'Approvals',
  defaultFor: ['forward', 'rollback'],
  configSchema: z.strictObject({
    type: z.literal('approvals'),
    slots: z.array(
      z.strictObject({
        name: z.string(),
        from: z
          .string()
          .regex(
            /^(owner$|group:|user:)/,
            'must be owner, group:<name> or user:<name>',
          ),
      }),
    ),
  }),
  evaluate: () => ({ status: 'pass', reason: 'Approved.' }),
};

const environment = (name: string, more: JsonObject = {}): JsonObject => ({
  name,
  tier: 'development',
  cluster: 'local',
  namespace: `{service}-${name}`,
  account: `local-${name}`,
  ...more,
});

function read(delivery: JsonObject) {
  return readDeliveryConfig(new ConfigReader({ delivery }), {
    gates: [soak, approvals],
  });
}

function faults(delivery: JsonObject): string[] {
  try {
    read(delivery);
  } catch (error) {
    const [head, ...lines] = String(error).split('\n');
    expect(head).toBe(
      'InputError: The configuration of delivery cannot be used:',
    );
    return lines.map(line => line.trim());
  }
  return [];
}

describe('readDeliveryConfig', () => {
  it('fills in what is not said', () => {
    const config = read({ environments: [environment('dev')] });
    expect(config.paths.get('default')?.environments).toEqual([
      {
        name: 'dev',
        tier: 'development',
        after: [],
        entry: 'requested',
        cluster: 'local',
        namespace: '{service}-dev',
        account: 'local-dev',
        gates: [],
        verifyFor: 30_000,
        verifyWithin: 600_000,
        onFailure: 'stop',
        onNewer: 'supersede',
        gated: true,
      },
    ]);
    expect(config.timing.quarantine).toBe(180_000);
  });

  it('reads durations, gates, kinds, vendors’ sections and paths of other names', () => {
    const config = read({
      environments: [
        environment('dev', { entry: 'automatic', verifyFor: '90s' }),
        environment('prod', {
          after: ['dev'],
          gates: [
            { type: 'soak', for: '2h' },
            { type: 'soak', id: 'long-soak', for: '1d', kinds: ['automatic'] },
            {
              type: 'approvals',
              for: ['forward'],
              slots: [{ name: 'owner', from: 'owner' }],
            },
          ],
        }),
      ],
      paths: { batch: { environments: [environment('night')] } },
      timing: { sweep: '5s' },
      outbound: { hosts: ['board.example:8443'] },
      jenkins: { instances: [] },
      spinnaker: { baseUrl: 'http://localhost' },
    });
    const [dev, prod] = config.paths.get('default')?.environments ?? [];
    expect(dev).toMatchObject({ gated: false, verifyFor: 90_000 });
    expect(
      prod.gates.map(({ id, config: own, appliesTo }) => ({
        id,
        own,
        appliesTo,
      })),
    ).toEqual([
      {
        id: 'soak',
        own: { type: 'soak', for: 7_200_000 },
        appliesTo: ['forward'],
      },
      {
        id: 'long-soak',
        own: { type: 'soak', for: 86_400_000 },
        appliesTo: ['automatic'],
      },
      {
        id: 'approvals',
        own: { type: 'approvals', slots: [{ name: 'owner', from: 'owner' }] },
        appliesTo: ['forward'],
      },
    ]);
    expect(config.paths.get('batch')?.environments).toHaveLength(1);
    expect(config.timing.sweep).toBe(5_000);
    expect(config.outbound.hosts).toEqual(['board.example:8443']);
  });

  it('orders environments by what they come after', () => {
    const config = read({
      environments: [
        environment('prod', { after: ['staging'] }),
        environment('staging', { after: ['dev'] }),
        environment('dev'),
      ],
    });
    expect(
      config.paths.get('default')?.environments.map(({ name }) => name),
    ).toEqual(['dev', 'staging', 'prod']);
  });

  it.each<[string, JsonObject, string[]]>([
    [
      'nothing at all',
      {},
      ['delivery.environments: must list at least one environment'],
    ],
    [
      'a misspelt section',
      { environments: [environment('dev')], timings: {} },
      ['delivery.timings: is not a known key'],
    ],
    [
      'a misspelt key',
      { environments: [environment('dev', { verifyfor: '1m' })] },
      ['delivery.environments[0].verifyfor: is not a known key'],
    ],
    [
      'missing keys',
      { environments: [{ name: 'dev', tier: 'development' }] },
      [
        'delivery.environments[0].cluster: is missing',
        'delivery.environments[0].namespace: is missing',
        'delivery.environments[0].account: is missing',
      ],
    ],
    [
      'another tier',
      { environments: [environment('dev', { tier: 'test' })] },
      [
        'delivery.environments[0].tier: must be development or staging or production',
      ],
    ],
    [
      'a number for a duration',
      { environments: [environment('dev', { verifyFor: 30 })] },
      ['delivery.environments[0].verifyFor: must be text'],
    ],
    [
      'a duration without a unit',
      { environments: [environment('dev', { verifyFor: '30' })] },
      [
        'delivery.environments[0].verifyFor: must be a duration such as 90s, 30m, 12h or 2d',
      ],
    ],
    [
      'a namespace with another placeholder',
      { environments: [environment('dev', { namespace: '{team}-dev' })] },
      [
        'delivery.environments[0].namespace: must be lower case letters, digits and dashes, with {service} in place of the name of the service',
      ],
    ],
    [
      'two of one name',
      { environments: [environment('dev'), environment('dev')] },
      [
        'delivery.environments[1].name: there is another environment "dev" on this path',
      ],
    ],
    [
      'after an unknown one',
      { environments: [environment('prod', { after: ['staging'] })] },
      [
        'delivery.environments[0].after[0]: there is no environment "staging" on this path',
      ],
    ],
    [
      'a circle',
      {
        environments: [
          environment('dev'),
          environment('staging', { after: ['prod'] }),
          environment('prod', { after: ['staging'] }),
        ],
      },
      [
        'delivery.environments[1].after: goes in a circle: staging → prod → staging',
      ],
    ],
    [
      'an unknown gate',
      { environments: [environment('dev', { gates: [{ type: 'soke' }] })] },
      [
        'delivery.environments[0].gates[0].type: there is no gate "soke"; there are approvals, soak',
      ],
    ],
    [
      'two gates of one name',
      {
        environments: [
          environment('dev', {
            gates: [
              { type: 'soak', for: '1h' },
              { type: 'soak', for: '2h' },
            ],
          }),
        ],
      },
      [
        'delivery.environments[0].gates[1].id: another gate here is called "soak"; give one of them an id of its own',
      ],
    ],
    [
      'an unknown kind',
      {
        environments: [
          environment('dev', {
            gates: [{ type: 'approvals', for: ['sideways'], slots: [] }],
          }),
        ],
      },
      [
        'delivery.environments[0].gates[0].for[0]: must be forward or automatic or rollback',
      ],
    ],
    [
      'policies of nonsense',
      {
        environments: [environment('dev')],
        policies: [
          { name: 'night', match: { colour: ['red'] }, gates: [] },
          { name: 'soaked', gates: [{ type: 'soke' }, { type: 'soak' }] },
          { name: 'soaked', gates: [{ type: 'soak', for: '1h' }] },
        ],
      },
      [
        'delivery.policies[0].match.colour: is not a known key',
        'delivery.policies[0].gates: must hold at least one gate',
        'delivery.policies[1].gates[0].type: there is no gate "soke"; there are approvals, soak',
        'delivery.policies[1].gates[1].for: is missing',
        'delivery.policies[2].name: another policy is called "soaked"',
      ],
    ],
    [
      'an unknown mode',
      {
        environments: [
          environment('dev', {
            gates: [{ type: 'soak', for: '1h', mode: 'off' }],
          }),
        ],
      },
      ['delivery.environments[0].gates[0].mode: must be enforce or audit'],
    ],
    [
      'an address for a host',
      {
        environments: [environment('dev')],
        outbound: { hosts: ['http://board.example'] },
      },
      [
        'delivery.outbound.hosts[0]: must be a host, with its port when it is not the usual one',
      ],
    ],
    [
      'a path that is not a list',
      { paths: { batch: {} } },
      ['delivery.paths.batch.environments: must list at least one environment'],
    ],
    [
      'many things at once',
      {
        environments: [
          environment('dev', { entry: 'maybe' }),
          environment('prod', {
            gates: [
              {
                type: 'approvals',
                slots: [{ name: 'owner', from: 'everyone' }],
                quorum: 2,
              },
              { type: 'soak' },
            ],
          }),
        ],
      },
      [
        'delivery.environments[0].entry: must be automatic or requested',
        'delivery.environments[1].gates[0].slots[0].from: must be owner, group:<name> or user:<name>',
        'delivery.environments[1].gates[0].quorum: is not a known key',
        'delivery.environments[1].gates[1].for: is missing',
      ],
    ],
  ])('refuses %s', (_, delivery, expected) => {
    expect(faults(delivery)).toEqual(expected);
  });
});
