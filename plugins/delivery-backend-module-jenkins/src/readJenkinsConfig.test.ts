// SPDX-License-Identifier: Apache-2.0
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readJenkinsConfig } from './readJenkinsConfig';

const instance = {
  name: 'default',
  baseUrl: 'https://jenkins.example.com/ci',
  username: 'backstage',
  apiToken: 'the-secret-token',
};

const read = (jenkins: JsonObject) =>
  readJenkinsConfig(new ConfigReader({ delivery: { jenkins } }));

describe('readJenkinsConfig', () => {
  it('reads instances, and none without a section', () => {
    expect(read({ instances: [instance] })).toEqual([instance]);
    expect(readJenkinsConfig(new ConfigReader({}))).toEqual([]);
  });

  it.each<[JsonObject, RegExp]>([
    [{ instance: [] }, /delivery\.jenkins\.instance is not a known key/],
    [
      { instances: [{ ...instance, token: 'x' }] },
      /delivery\.jenkins\.instances\[0\]\.token is not a known key/,
    ],
    [
      { instances: [{ name: 'a', baseUrl: instance.baseUrl }] },
      /instances\[0\]\.username: is missing; .*instances\[0\]\.apiToken: is missing/,
    ],
    [
      { instances: [{ ...instance, baseUrl: 'jenkins' }] },
      /instances\[0\]\.baseUrl: must be an http or https address/,
    ],
    [
      {
        instances: [
          { ...instance, baseUrl: 'https://a:b@jenkins.example.com' },
        ],
      },
      /baseUrl: must not carry credentials/,
    ],
    [{ instances: [{ ...instance, name: 'a:b' }] }, /name: must be letters/],
    [{ instances: [instance, instance] }, /two instances have the same name/],
  ])('refuses %j by its key and without the secret', (section, message) => {
    expect(() => read(section)).toThrow(message);
    expect(() => read(section)).not.toThrow(/the-secret-token/);
  });
});
