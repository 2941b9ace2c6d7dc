// SPDX-License-Identifier: Apache-2.0
import { mockServices } from '@backstage/backend-test-utils';
import { readSpinnakerSettings } from './SpinnakerSettings';

function read(spinnaker: object) {
  return readSpinnakerSettings(
    mockServices.rootConfig({ data: { delivery: { spinnaker } } }),
  );
}

describe('readSpinnakerSettings', () => {
  it('fills in what is not written', () => {
    expect(read({ baseUrl: 'https://gate.example.com', token: 'a' })).toEqual({
      baseUrl: 'https://gate.example.com',
      token: 'a',
      chartAccount: 'charts',
      claims: 'required',
    });
  });

  it('says nothing about a section that is not there', () => {
    expect(readSpinnakerSettings(mockServices.rootConfig())).toBeUndefined();
  });

  it.each([
    [
      {
        baseUrl: 'https://g.example.com',
        testJob: {
          environments: ['staging'],
          image: 'curl:8',
          command: ['curl', '${1+1}'],
        },
      },
      'delivery.spinnaker.testJob.image must name the image by digest',
    ],
    [{ baseUrl: 'gate' }, 'delivery.spinnaker.baseUrl must be an http'],
    [
      { baseUrl: 'https://gate.example.com', tokn: 'secret-value' },
      'delivery.spinnaker.tokn is not a key',
    ],
    [
      {
        baseUrl: 'https://g.example.com',
        token: 'secret-value',
        username: 'a',
        password: 'b',
      },
      'delivery.spinnaker.username cannot be used together with token',
    ],
    [
      { baseUrl: 'https://g.example.com', username: 'a' },
      'delivery.spinnaker.password and username belong together',
    ],
    [
      { baseUrl: 'https://g.example.com', claims: 'off' },
      'delivery.spinnaker.claims',
    ],
  ])('refuses %j by name', (written, message) => {
    let failure = '';
    try {
      read(written);
    } catch (error) {
      failure = String(error);
    }
    expect(failure).toContain(message);
    expect(failure).not.toContain('secret-value');
  });
});
