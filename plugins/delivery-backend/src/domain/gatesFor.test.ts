// SPDX-License-Identifier: Apache-2.0
import { CONFIG } from '../__testUtils__/demoConfig';
import type { PolicyConfig } from '../config/DeliveryConfig';
import { gatesFor, type PolicySubject } from './gatesFor';

const prod = CONFIG.paths.get('default')?.environments[2];
const service: PolicySubject = {
  tags: ['java', 'pci'],
  owner: 'group:default/team-orders',
  system: 'shop',
};

function added(match: PolicyConfig['match'], of: PolicySubject = service) {
  if (!prod) {
    throw new Error('There is no prod');
  }
  const [gate] = prod.gates;
  const gates = gatesFor(prod, of, [{ name: 'p', match, gates: [gate] }]);
  expect(gates.slice(0, prod.gates.length)).toEqual(prod.gates);
  return gates.length - prod.gates.length;
}

describe('the gates of policies', () => {
  it.each<[string, PolicyConfig['match']]>([
    ['nothing said', {}],
    ['one of the tags', { tags: ['go', 'pci'] }],
    ['the tier', { tiers: ['staging', 'production'] }],
    ['the owner', { owners: ['group:default/team-orders'] }],
    ['the system', { systems: ['shop'] }],
    ['the environment', { environments: ['prod'] }],
  ])('are added for %s', (_, match) => {
    expect(added(match)).toBe(1);
  });

  it.each<[string, PolicyConfig['match']]>([
    ['other tags', { tags: ['go'] }],
    ['another tier', { tiers: ['staging'] }],
    ['another owner', { owners: ['group:default/platform'] }],
    ['another system', { systems: ['bank'] }],
    ['another environment', { environments: ['dev'] }],
    ['one part of two', { environments: ['prod'], systems: ['bank'] }],
  ])('are not added for %s', (_, match) => {
    expect(added(match)).toBe(0);
  });

  it('are not added for what a service does not say', () => {
    expect(added({ tags: ['pci'] }, {})).toBe(0);
    expect(added({ owners: ['group:default/team-orders'] }, {})).toBe(0);
    expect(added({ systems: ['shop'] }, {})).toBe(0);
  });
});
