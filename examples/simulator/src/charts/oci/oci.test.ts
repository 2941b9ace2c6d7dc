// SPDX-License-Identifier: Apache-2.0
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { hasHelm } from '../../__testUtils__/hasHelm';
import { AdjustableClock } from '../../clock';
import { helm } from '../../jenkins/tools/helm';
import type { ToolResult } from '../../jenkins/tools/Tool';
import { RunningCharts, startCharts } from '../startCharts';
import { helmMediaTypes } from './helmMediaTypes';
import { digestOf } from './OciStore';

/** One run of a helm in a folder; a last argument `-` stands for nothing. */
type RunHelm = (
  cwd: string,
  args: string[],
  stdin?: string,
) => Promise<Pick<ToolResult, 'code' | 'stderr'>>;

const environment = (cwd: string) => ({
  HELM_REGISTRY_CONFIG: join(cwd, 'login.json'),
});

const simulated: RunHelm = async (cwd, args, stdin = '') =>
  helm({ cwd, args, stdin, env: environment(cwd) });

const real: RunHelm = (cwd, args, stdin = '') =>
  new Promise(resolve => {
    const child = execFile(
      'helm',
      args,
      { cwd, env: { ...process.env, ...environment(cwd) } },
      (error, _, stderr) => resolve({ code: error ? 1 : 0, stderr }),
    );
    child.stdin?.end(stdin);
  });

describe.each([
  { which: 'the simulated helm', run: simulated },
  ...(hasHelm() ? [{ which: 'a real helm', run: real }] : []),
])('the simulated OCI registry and $which', ({ run }) => {
  let stop: AbortController;
  let folder: string;
  let charts: RunningCharts;

  const start = async () =>
    startCharts({
      port: 0,
      dataDir: join(folder, 'data'),
      clock: new AdjustableClock(),
      credentials: { username: 'ci', password: 'secret' },
      signal: stop.signal,
      log: () => {},
    });
  const host = () => new URL(charts.url).host;

  beforeEach(async () => {
    stop = new AbortController();
    folder = await mkdtemp(join(tmpdir(), 'oci-charts-'));
    charts = await start();
  });

  afterEach(async () => {
    stop.abort();
    await charts.closed;
    await rm(folder, { recursive: true, force: true });
  });

  const logIn = (password = 'secret') =>
    run(
      folder,
      [
        ...['registry', 'login', '--plain-http'],
        ...['--username', 'ci', '--password-stdin', host()],
      ],
      `${password}\n`,
    );

  /** Packages a chart with some values, and answers the file. */
  async function pack(version: string, values = 'a: 1\n'): Promise<string> {
    const chart = join(folder, 'orders');
    await mkdir(chart, { recursive: true });
    await writeFile(
      join(chart, 'Chart.yaml'),
      'apiVersion: v2\nname: orders\nversion: 0.1.0\n',
    );
    await writeFile(join(chart, 'values.yaml'), values);
    const packed = await run(folder, [
      ...['package', 'orders', '--version', version],
      ...['--destination', 'packed'],
    ]);
    expect(packed.code).toBe(0);
    return join(folder, 'packed', `orders-${version}.tgz`);
  }

  const push = (file: string) =>
    run(folder, ['push', '--plain-http', file, `oci://${host()}/team/charts`]);

  async function pull(version: string) {
    await mkdir(join(folder, 'pulled'), { recursive: true });
    return run(folder, [
      ...['pull', '--plain-http', `oci://${host()}/team/charts/orders`],
      ...['--version', version, '--destination', 'pulled'],
    ]);
  }

  const pulled = (version: string) =>
    readFile(join(folder, 'pulled', `orders-${version}.tgz`));

  it('keeps a chart as it is, also over a restart', async () => {
    expect((await logIn()).code).toBe(0);
    const file = await pack('1.2.3');
    expect(await push(file)).toMatchObject({ code: 0 });
    stop.abort();
    await charts.closed;
    stop = new AbortController();
    charts = await start();

    expect(await pull('1.2.3')).toMatchObject({ code: 0 });
    const bytes = await readFile(file);
    expect(await pulled('1.2.3')).toEqual(bytes);
    const manifest = await fetch(
      `${charts.url}/v2/team/charts/orders/manifests/1.2.3`,
    );
    expect(await manifest.json()).toMatchObject({
      config: { mediaType: helmMediaTypes.config },
      layers: [{ mediaType: helmMediaTypes.chart, digest: digestOf(bytes) }],
    });
    const tags = await fetch(`${charts.url}/v2/team/charts/orders/tags/list`);
    expect(await tags.json()).toEqual({
      name: 'team/charts/orders',
      tags: ['1.2.3'],
    });
  });

  it('never gives a version other bytes', async () => {
    await logIn();
    const file = await pack('1.2.3');
    await push(file);
    const bytes = await readFile(file);
    const other = await push(await pack('1.2.3', 'a: 2\n'));
    expect(other.code).toBe(1);
    expect(other.stderr).toContain('403');
    await pull('1.2.3');
    expect(await pulled('1.2.3')).toEqual(bytes);
  });

  it('says in words that the build scripts know when a version is not there', async () => {
    const absent = await pull('9.9.9');
    expect(absent.code).toBe(1);
    expect(absent.stderr).toMatch(/not found/i);
  });

  it('takes nothing of somebody who is not logged in', async () => {
    expect((await logIn('guess')).code).toBe(1);
    const refused = await push(await pack('1.2.3'));
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/401|credential not found/);
  });
});

describe('the simulated OCI registry', () => {
  const stop = new AbortController();
  let folder: string;
  let charts: RunningCharts;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'oci-charts-'));
    charts = await startCharts({
      port: 0,
      dataDir: join(folder, 'data'),
      clock: new AdjustableClock(),
      signal: stop.signal,
      log: () => {},
    });
  });

  afterAll(async () => {
    stop.abort();
    await charts.closed;
    await rm(folder, { recursive: true, force: true });
  });

  const ask = (method: string, path: string, body?: string) =>
    fetch(new URL(path, charts.url), { method, body });
  const codeOf = async (answer: Response) =>
    z
      .object({ errors: z.array(z.object({ code: z.string() })) })
      .parse(await answer.json()).errors[0].code;

  it('takes a blob in pieces, and only with its own digest', async () => {
    const upload = async () => {
      const started = await ask('POST', '/v2/a/b/blobs/uploads/');
      expect(started.status).toBe(202);
      const location = started.headers.get('location') ?? '';
      const more = await ask('PATCH', location, 'one ');
      expect(more.headers.get('range')).toBe('0-3');
      return location;
    };
    const digest = digestOf(Buffer.from('one two'));
    const done = await ask('PUT', `${await upload()}?digest=${digest}`, 'two');
    expect(done.status).toBe(201);
    const blob = await ask('GET', done.headers.get('location') ?? '');
    expect(await blob.text()).toBe('one two');
    expect(
      (await ask('HEAD', `/v2/a/b/blobs/${digest}`)).headers.get(
        'content-length',
      ),
    ).toBe('7');
    const wrong = await ask('PUT', `${await upload()}?digest=${digest}`, '2');
    expect(await codeOf(wrong)).toBe('DIGEST_INVALID');
    expect((await ask('HEAD', `/v2/a/c/blobs/${digest}`)).status).toBe(404);
  });

  it('keeps charts only, whose parts are all there', async () => {
    const digest = digestOf(Buffer.from('absent'));
    const manifest = (config: string) =>
      JSON.stringify({
        schemaVersion: 2,
        config: { mediaType: config, digest },
        layers: [{ mediaType: helmMediaTypes.chart, digest }],
      });
    const put = async (content: string) =>
      codeOf(await ask('PUT', '/v2/a/b/manifests/1.0.0', content));
    expect(await put('{')).toBe('MANIFEST_INVALID');
    expect(
      await put(manifest('application/vnd.oci.image.config.v1+json')),
    ).toBe('MANIFEST_INVALID');
    expect(await put(manifest(helmMediaTypes.config))).toBe(
      'MANIFEST_BLOB_UNKNOWN',
    );
  });

  it('has nothing outside of its repositories', async () => {
    for (const path of [
      '/v2/..%2f..%2fetc/manifests/1',
      '/v2/UPPER/tags/list',
      '/v2/_catalog',
    ]) {
      expect((await ask('GET', path)).status).toBe(404);
    }
  });
});
