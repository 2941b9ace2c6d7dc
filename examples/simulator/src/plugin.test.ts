// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import request from 'supertest';
import { simulatorPlugin } from './plugin';

const TOKEN = 'token-of-the-portal';

describe('the simulator as a Backstage plugin', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'simulator-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  const start = (simulator: object) =>
    startTestBackend({
      features: [
        simulatorPlugin,
        mockServices.rootConfig.factory({ data: { simulator } }),
      ],
    });

  it('starts the vendors, obeys commands without a sign-in, and stops with the backend', async () => {
    const backend = await start({
      dataDir: directory,
      vendors: ['github', 'charts'],
      github: { port: 0, accounts: [{ login: 'portal', token: TOKEN }] },
      charts: { port: 0 },
    });
    const base = '/api/delivery-simulator/control';
    const before = await request(backend.server).get(`${base}/state`);
    expect(before.status).toBe(200);
    expect(before.body.vendors).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'github', condition: 'normal' }),
        { name: 'jenkins', conditions: [] },
      ]),
    );

    const moved = await request(backend.server)
      .post(`${base}/commands`)
      .send({ type: 'move-clock', minutes: 90 });
    expect(moved.status).toBe(200);
    const clock = await request(backend.server).get(`${base}/clock`);
    expect(clock.body.offsetMs).toBe(90 * 60_000);

    const refused = await request(backend.server)
      .post(`${base}/commands`)
      .send({ type: 'push-source', service: 'absent' });
    expect(refused.status).toBe(404);
    expect(refused.body.error.message).toContain("no service 'absent'");

    const { url } = before.body.vendors.find(
      (vendor: { name: string }) => vendor.name === 'charts',
    );
    expect((await fetch(`${url}/health`)).status).toBe(200);
    await backend.stop();
    await expect(fetch(`${url}/health`)).rejects.toThrow('fetch failed');
  });

  it('refuses to start when it would listen on anything but loopback', async () => {
    await expect(
      start({ dataDir: directory, host: '0.0.0.0' }),
    ).rejects.toThrow(/simulator\.host: .*loopback only/);
  });
});
