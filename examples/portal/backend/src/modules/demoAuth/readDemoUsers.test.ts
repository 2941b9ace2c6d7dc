// SPDX-License-Identifier: Apache-2.0
import { mockServices } from '@backstage/backend-test-utils';
import { readDemoUsers } from './readDemoUsers';

const users = [
  { name: 'ben', title: 'Ben' },
  { name: 'anna', title: 'Anna' },
];
const demo = { users };
const auth = { environment: 'development' };

describe('readDemoUsers', () => {
  it('lists the users of a backend that listens on this machine only', () => {
    const config = mockServices.rootConfig({
      data: { auth, demo, backend: { listen: { host: '127.0.0.1' } } },
    });

    expect(readDemoUsers(config)).toEqual(users);
  });

  it.each([
    ['every interface', { host: '0.0.0.0', port: 7007 }],
    ['a network name', { host: 'portal.example.com' }],
    ['a name that only begins like loopback', { host: '127.0.0.1.example' }],
    ['no host at all', { port: 7007 }],
    ['a port only', ':7007'],
  ])('refuses to start on %s', (_, listen) => {
    const config = mockServices.rootConfig({
      data: { auth, demo, backend: { listen } },
    });

    expect(() => readDemoUsers(config)).toThrow(/backend\.listen\.host/);
  });

  it('refuses to start outside of development', () => {
    const config = mockServices.rootConfig({
      data: {
        auth: { environment: 'production' },
        demo,
        backend: { listen: { host: '127.0.0.1' } },
      },
    });

    expect(() => readDemoUsers(config)).toThrow(/auth\.environment/);
  });

  it('needs users', () => {
    const config = mockServices.rootConfig({
      data: { auth, backend: { listen: { host: '127.0.0.1' } } },
    });

    expect(() => readDemoUsers(config)).toThrow(/demo\.users/);
  });
});
