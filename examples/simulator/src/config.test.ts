// SPDX-License-Identifier: Apache-2.0
import { readSimulatorConfig } from './config';

describe('readSimulatorConfig', () => {
  it('fills in the usual ports and simulates every vendor', () => {
    const config = readSimulatorConfig({ dataDir: 'data' });
    expect(config.vendors).toHaveLength(6);
    expect(config.host).toBe('localhost');
    expect([
      config.github.port,
      config.jenkins.port,
      config.spinnaker.port,
      config.kubernetes.port,
      config.charts.port,
      config.gitlab.port,
    ]).toEqual([7081, 7082, 7083, 7084, 7085, 7087]);
  });

  it.each([
    [{ dataDir: 'data', host: '0.0.0.0' }, /simulator\.host: .*loopback only/],
    [{ dataDir: 'data', prot: 1 }, /simulator: .*"prot"/],
    [{ dataDir: 'data', jenkins: { prot: 1 } }, /simulator\.jenkins: .*"prot"/],
    [{ dataDir: 'data', vendors: ['bitbucket'] }, /simulator\.vendors\.0/],
    [{}, /simulator\.dataDir/],
    [
      { dataDir: 'data', github: { accounts: [{ login: 'portal' }] } },
      /simulator\.github\.accounts\.0\.token/,
    ],
  ])('refuses %j by the name of the key', (value, message) => {
    expect(() => readSimulatorConfig(value)).toThrow(message);
  });
});
