// SPDX-License-Identifier: Apache-2.0
import { ConfigReader } from '@backstage/config';
import type { CertainPeople } from 'backstage-plugin-delivery-node';
import { readDeliveryConfig } from '../config/readDeliveryConfig';
import { builtInGates } from '../gates/builtInGates';
import { refuseUnfillableSlots } from './refuseUnfillableSlots';

const gate = (more: object) => ({
  type: 'approvals',
  slots: [
    { name: 'owner', from: 'owner' },
    { name: 'platform', from: 'group:default/platform', count: 2 },
  ],
  ...more,
});

function start(
  answers: ReadonlyArray<CertainPeople>,
  given: { gate?: object; policy?: object } = {},
) {
  const asked: string[][] = [];
  const config = readDeliveryConfig(
    new ConfigReader({
      delivery: {
        environments: [
          {
            name: 'prod',
            tier: 'production',
            cluster: 'local',
            namespace: '{service}-prod',
            account: 'local-prod',
            gates: [gate(given.gate ?? {})],
          },
        ],
        policies: given.policy
          ? [{ name: 'pci', gates: [gate(given.policy)] }]
          : [],
      },
    }),
    { gates: builtInGates },
  );
  const started = refuseUnfillableSlots({
    config,
    certainly: async names => {
      asked.push([...names]);
      return answers[Math.min(asked.length, answers.length) - 1];
    },
    patience: answers.length > 1 ? 60_000 : 0,
    signal: new AbortController().signal,
  });
  return { started, asked };
}

const people = (members: readonly string[] | 'absent'): CertainPeople =>
  new Map([['group:default/platform', members]]);

describe('slots at the start', () => {
  it.each<[string, CertainPeople]>([
    ['there are enough people', people(['user:default/a', 'user:default/b'])],
    ['the catalog says nothing', new Map()],
  ])('are no hindrance when %s', async (_, answer) => {
    const { asked, started } = start([answer]);
    await started;
    expect(asked).toEqual([['group:default/platform']]);
  });

  it.each<[string, CertainPeople, string]>([
    [
      'a group that is not there',
      people('absent'),
      'delivery.environments[0].gates[0].slots[1].from: there is no group:default/platform in the catalog',
    ],
    [
      'too few people',
      people(['user:default/a']),
      'delivery.environments[0].gates[0].slots: can never all be filled: 2 of them need as many different people, and at most 1 can be given',
    ],
  ])('keep it from starting: %s', async (_, answer, expected) => {
    await expect(start([answer]).started).rejects.toThrow(expected);
  });

  it('name the policy they are of', async () => {
    const { started } = start([people('absent')], {
      gate: { mode: 'audit' },
      policy: {},
    });
    await expect(started).rejects.toThrow(
      /^The configuration of delivery cannot be used:\n {2}delivery\.policies\[0\]\.gates\[0\]\.slots\[1\]\.from: [^\n]*$/,
    );
  });

  it('wait a while for somebody whom the catalog is about to learn of', async () => {
    const { asked, started } = start([people('absent'), new Map()]);
    await started;
    expect(asked).toHaveLength(2);
  });

  it('of a gate that is only shown keep nobody out', async () => {
    const { asked, started } = start([people('absent')], {
      gate: { mode: 'audit' },
    });
    await started;
    expect(asked).toEqual([]);
  });
});
