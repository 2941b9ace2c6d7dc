// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create } from 'tar';
import { parse } from 'yaml';
import { AdjustableClock } from '../clock';
import { RunningCharts, startCharts } from './startCharts';

describe('the simulated chart repository', () => {
  let stop: AbortController;
  let directory: string;
  let charts: RunningCharts;

  async function start(): Promise<RunningCharts> {
    return startCharts({
      port: 0,
      dataDir: join(directory, 'data'),
      clock: new AdjustableClock(),
      credentials: { username: 'ci', password: 'secret' },
      signal: stop.signal,
      log: () => {},
    });
  }

  beforeEach(async () => {
    stop = new AbortController();
    directory = await mkdtemp(join(tmpdir(), 'simulated-charts-'));
    charts = await start();
  });

  afterEach(async () => {
    stop.abort();
    await charts.closed;
    await rm(directory, { recursive: true, force: true });
  });

  async function pack(version: string, values = 'a: 1\n'): Promise<Buffer> {
    const folder = await mkdtemp(join(directory, 'chart-'));
    await mkdir(join(folder, 'orders'));
    await writeFile(
      join(folder, 'orders', 'Chart.yaml'),
      `apiVersion: v2\nname: orders\nversion: ${version}\ndescription: Takes orders\n`,
    );
    await writeFile(join(folder, 'orders', 'values.yaml'), values);
    const file = join(folder, 'chart.tgz');
    await create({ file, cwd: folder, gzip: true }, ['orders']);
    return readFile(file);
  }

  const upload = (body: Uint8Array | FormData, password = 'secret') =>
    fetch(`${charts.url}/api/charts`, {
      method: 'POST',
      body: body instanceof FormData ? body : new Uint8Array(body),
      headers: { authorization: `Basic ${btoa(`ci:${password}`)}` },
    });

  it('takes a chart in, lists it with its digest, and gives the same bytes back', async () => {
    const bytes = await pack('3.8.44');
    const form = new FormData();
    form.set('chart', new File([new Uint8Array(bytes)], 'orders-3.8.44.tgz'));
    expect((await upload(form)).status).toBe(201);

    const index = await fetch(`${charts.url}/index.yaml`);
    const [entry] = parse(await index.text()).entries.orders;
    expect(entry).toMatchObject({
      name: 'orders',
      version: '3.8.44',
      description: 'Takes orders',
      digest: createHash('sha256').update(bytes).digest('hex'),
      urls: ['charts/orders-3.8.44.tgz'],
    });
    const got = await fetch(`${charts.url}/${entry.urls[0]}`);
    expect(Buffer.from(await got.arrayBuffer())).toEqual(bytes);
  });

  it('never overwrites a version, also not after a restart', async () => {
    const first = await pack('3.8.44');
    expect((await upload(first)).status).toBe(201);
    stop.abort();
    await charts.closed;
    stop = new AbortController();
    charts = await start();

    const second = await upload(await pack('3.8.44', 'a: 2\n'));
    expect(second.status).toBe(409);
    await expect(second.json()).resolves.toEqual({
      error: 'orders-3.8.44.tgz already exists',
    });
    const got = await fetch(`${charts.url}/charts/orders-3.8.44.tgz`);
    expect(Buffer.from(await got.arrayBuffer())).toEqual(first);
    expect((await upload(await pack('3.8.45'))).status).toBe(201);
  });

  it('refuses wrong credentials, what is no chart, and what is not there', async () => {
    expect((await upload(await pack('3.8.44'), 'guess')).status).toBe(401);
    const nonsense = await upload(Buffer.from('not a chart'));
    expect(nonsense.status).toBe(400);
    await expect(nonsense.json()).resolves.toEqual({
      error: expect.stringContaining('not a packaged chart'),
    });
    const badVersion = await upload(await pack('latest'));
    expect(badVersion.status).toBe(400);
    await expect(badVersion.json()).resolves.toEqual({
      error: expect.stringContaining('version'),
    });
    const absent = await fetch(`${charts.url}/charts/orders-3.8.44.tgz`);
    expect(absent.status).toBe(404);
  });
});
