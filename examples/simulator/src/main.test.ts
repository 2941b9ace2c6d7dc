// SPDX-License-Identifier: Apache-2.0
import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const TOKEN = 'token-of-the-portal';

jest.setTimeout(60_000);

describe('the simulator in a process of its own', () => {
  let directory: string;
  const running = new Set<ChildProcess>();

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'simulator-'));
    const simulator = {
      dataDir: join(directory, 'data'),
      github: {
        port: 0,
        accounts: [{ login: 'portal', token: '${DEMO_TOKEN}' }],
      },
      gitlab: { port: 0 },
      jenkins: { port: 0 },
      spinnaker: { port: 0 },
      kubernetes: { port: 0 },
      charts: { port: 0 },
    };
    await writeFile(
      join(directory, 'simulator.yaml'),
      JSON.stringify({ simulator }),
    );
  });

  afterEach(async () => {
    for (const child of running) {
      child.kill('SIGKILL');
    }
    await rm(directory, { recursive: true, force: true });
  });

  async function start() {
    const child = spawn(
      process.execPath,
      [
        '--no-node-snapshot',
        '--require',
        '@backstage/cli/config/nodeTransform.cjs',
        resolve(__dirname, 'main.ts'),
        '--config',
        join(directory, 'simulator.yaml'),
        '--control-port',
        '0',
      ],
      {
        cwd: resolve(__dirname, '..'),
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { PATH: process.env.PATH, DEMO_TOKEN: TOKEN },
      },
    );
    running.add(child);
    const ended = once(child, 'exit');
    ended.then(() => running.delete(child));
    const [line] = await once(createInterface(child.stdout), 'line');
    const urls = z.record(z.string(), z.string()).parse(JSON.parse(line));
    const command = (body: object) =>
      fetch(`${urls.control}/control/commands`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    return { child, urls, command, ended };
  }

  it('keeps everything when it is killed, and ends when it is told to', async () => {
    const first = await start();
    expect(Object.keys(first.urls).sort()).toEqual([
      'charts',
      'control',
      'github',
      'gitlab',
      'jenkins',
      'kubernetes',
      'spinnaker',
    ]);
    const headers = { authorization: `token ${TOKEN}` };
    const created = await fetch(
      `${first.urls.github}/api/v3/orgs/northwind/repos`,
      { method: 'POST', headers, body: JSON.stringify({ name: 'orders' }) },
    );
    expect(created.status).toBe(201);
    const moved = await first.command({ type: 'move-clock', minutes: 45 });
    expect(moved.status).toBe(200);
    first.child.kill('SIGKILL');
    await first.ended;

    const second = await start();
    const found = await fetch(
      `${second.urls.github}/api/v3/repos/northwind/orders`,
      { headers },
    );
    expect(found.status).toBe(200);
    const clock = await fetch(`${second.urls.control}/control/clock`);
    await expect(clock.json()).resolves.toMatchObject({
      offsetMs: 45 * 60_000,
    });
    const refused = await second.command({ type: 'explode' });
    expect(refused.status).toBe(400);

    second.child.kill('SIGTERM');
    const [code] = await second.ended;
    expect(code).toBe(0);
  });
});
