// SPDX-License-Identifier: Apache-2.0
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { readChartMetadata } from '../../charts/readChartMetadata';
import { ImageRegistry } from '../registry/ImageRegistry';
import { createDate } from './createDate';
import { createDocker } from './docker';
import { curl } from './curl';
import { helm } from './helm';
import { Tool } from './Tool';
import { createTrivy } from './trivy';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'tools-'));
});
afterEach(() => {
  rmSync(cwd, { recursive: true, force: true });
});

const call = (tool: Tool, args: string[], stdin = '') =>
  Promise.resolve(
    tool({
      args,
      cwd,
      stdin,
      env: { HELM_REGISTRY_CONFIG: join(cwd, 'helm-login.json') },
    }),
  );

function write(files: Record<string, string>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(cwd, path, '..'), { recursive: true });
    writeFileSync(join(cwd, path), content);
  }
}

describe('docker and trivy', () => {
  const own = 'registry.test/northwind/orders:1';
  function start() {
    const registry = ImageRegistry.open({
      file: join(cwd, 'images.json'),
      ownPrefix: 'registry.test/northwind',
    });
    const docker = createDocker({ registry });
    const digestOf = async (reference: string) => {
      const answer = await call(docker, [
        'buildx',
        'imagetools',
        'inspect',
        '--format',
        '{{json .Manifest}}',
        reference,
      ]);
      return answer.code === 0 ? JSON.parse(answer.stdout).digest : answer;
    };
    return { registry, docker, trivy: createTrivy(registry), digestOf };
  }
  const build = (docker: Tool, ...more: string[]) =>
    call(docker, ['build', '--tag', own, ...more, '.']);

  it('gives a digest that depends on what goes into the image', async () => {
    const { docker, digestOf, registry } = start();
    write({
      Dockerfile: 'ARG BASE\nFROM ${BASE} AS a\nCOPY src ./\nFROM a\n',
      'src/a.js': '1',
      'notes.txt': 'x',
    });
    const digest = async (...more: string[]) => {
      await build(docker, '--build-arg', 'BASE=node:24', ...more);
      await call(docker, ['push', own]);
      return digestOf(own);
    };
    const first = await digest();
    expect(first).toMatch(/^sha256:[0-9a-f]{64}$/);
    write({ 'notes.txt': 'not copied' });
    expect(await digest()).toBe(first);
    expect(await digest('--label', 'a=b')).not.toBe(first);
    write({ 'src/a.js': '2' });
    const changed = await digest();
    expect(changed).not.toBe(first);
    registry.publishBase({ reference: 'node:24', at: new Date(0) });
    expect(await digest()).not.toBe(changed);
  });

  it('knows own images only once they were pushed', async () => {
    const { docker, digestOf } = start();
    write({ Dockerfile: 'FROM node:24\n' });
    await build(docker);
    expect(await digestOf(own)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('not found'),
    });
    expect(await call(docker, ['push', 'docker.io/other/x:1'])).toMatchObject({
      code: 1,
    });
    await call(docker, ['push', own]);
    const digest = await digestOf(own);
    expect(await digestOf(`${own.replace(':1', '')}@${digest}`)).toBe(digest);
    const again = start();
    expect(await again.digestOf(own)).toBe(digest);
    const manifest = await call(docker, ['manifest', 'inspect', '-v', own]);
    expect(JSON.parse(manifest.stdout).Descriptor.digest).toBe(digest);
  });

  it('fails as docker does', async () => {
    const { docker } = start();
    write({ Dockerfile: 'FROM node:24\nCOPY missing ./\n' });
    expect(await build(docker)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('"/missing": not found'),
    });
    write({ Dockerfile: 'FROM node:does-not-exist\n' });
    expect(await build(docker)).toMatchObject({ code: 1 });
    expect(await call(docker, ['swarm', 'init'])).toMatchObject({ code: 1 });
    expect(await call(docker, ['pull', own])).toMatchObject({ code: 1 });
  });

  it('starts, lists and removes what a compose file names', async () => {
    const { docker } = start();
    write({
      Dockerfile: 'FROM node:22-alpine\nHEALTHCHECK CMD true\nCMD ["node"]\n',
      'compose.yaml':
        'services:\n  service:\n    image: ${IMAGE:-orders:local}\n',
      'compose.env': `IMAGE=${own}\n`,
    });
    const compose = (...args: string[]) =>
      call(docker, [
        'compose',
        ...['--env-file', 'compose.env', '--project-name', 'p'],
        ...args,
      ]);
    expect(await compose('up', '--detach', '--no-build')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('No such image'),
    });
    await call(docker, ['build', '--tag', own, '.']);
    await compose('up', '--detach', '--no-build');
    const { stdout } = await compose('ps', '--all', '--quiet', 'service');
    const health = await call(docker, [
      'inspect',
      '--format',
      '{{.State.Health.Status}}',
      stdout.trim(),
    ]);
    expect(health.stdout).toBe('healthy\n');
    await compose('down', '--volumes', '--remove-orphans', '--timeout', '5');
    expect((await compose('ps', '--quiet')).stdout).toBe('');
  });

  it('lets a container be unwell', async () => {
    const { docker } = start();
    const health = async (more: string) => {
      write({ Dockerfile: `FROM node:24\nHEALTHCHECK CMD x\n${more}\n` });
      await build(docker);
      await call(docker, ['run', '--detach', '--name', 'c', own]);
      const format = '{{.State.Health.Status}}';
      const found = await call(docker, ['inspect', '--format', format, 'c']);
      await call(docker, ['rm', '--force', 'c']);
      return found.stdout.trim();
    };
    expect(await health('')).toBe('healthy');
    expect(await health('ENV SIMULATED_HEALTH=unhealthy')).toBe('unhealthy');
    expect(await call(docker, ['inspect', 'c'])).toMatchObject({ code: 1 });
  });

  it('finds in a scan what the base image brings', async () => {
    const { docker, trivy, registry } = start();
    write({ Dockerfile: 'FROM node:24\n' });
    const scan = async () => {
      await build(docker);
      await call(trivy, ['image', '--format', 'json', '-o', 'scan.json', own]);
      return readFileSync(join(cwd, 'scan.json'), 'utf8');
    };
    expect(await scan()).toBe(await scan());
    expect(await scan()).not.toContain('CRITICAL');
    registry.publishBase({
      reference: 'node:24',
      at: new Date(0),
      findings: { critical: 2, high: 0, medium: 0, low: 0 },
    });
    expect((await scan()).match(/"Severity": "CRITICAL"/g)).toHaveLength(2);
    expect(await call(trivy, ['image', '--exit-code', '1', own])).toMatchObject(
      { code: 1 },
    );
  });
});

describe('helm without helm', () => {
  const chart = {
    'Chart.yaml': '# mine\napiVersion: v2\nname: orders\nversion: 0.1.0\n',
    'values.yaml':
      'replicas: 1\nservice: { port: 80 }\nimage: { repository: r/o, tag: "1" }\n',
    'values-prod.yaml': 'replicas: 3\nenvironment: prod\n',
    'templates/deployment.yaml': '{{ broken',
  };

  it('renders a plain Deployment and Service, and says that it is none', async () => {
    write({
      ...chart,
      'image.yaml': `name: registry.test/orders\ntag: "2"\ndigest: sha256:${'a'.repeat(
        64,
      )}\n`,
    });
    const answer = await call(helm, [
      'template',
      'orders',
      '.',
      '--values',
      'values-prod.yaml',
    ]);
    expect(answer.stderr).toContain('no helm is installed');
    const [deployment, service] = parseAllDocuments(answer.stdout).map(one =>
      one.toJS(),
    );
    expect(deployment).toMatchObject({
      kind: 'Deployment',
      metadata: { name: 'orders' },
      spec: {
        replicas: 3,
        template: {
          spec: {
            containers: [
              { image: `registry.test/orders@sha256:${'a'.repeat(64)}` },
            ],
          },
        },
      },
    });
    expect(service).toMatchObject({ kind: 'Service' });
  });

  it('packages the same bytes each time', async () => {
    write(chart);
    const bytes = async () => {
      const args = ['package', '.', '--version', '0.1.7', '-d', 'out'];
      expect(await call(helm, args)).toMatchObject({ code: 0 });
      return readFileSync(join(cwd, 'out/orders-0.1.7.tgz'));
    };
    const first = await bytes();
    rmSync(join(cwd, 'out'), { recursive: true });
    expect(await bytes()).toEqual(first);
    expect(await readChartMetadata(first)).toMatchObject({
      name: 'orders',
      version: '0.1.7',
    });
  });

  it('lints that the YAML can be read', async () => {
    write({ ...chart, 'values-prod.yaml': 'replicas: [1\n' });
    expect(await call(helm, ['lint', '--strict', '.'])).toMatchObject({
      code: 0,
    });
    expect(
      await call(helm, ['lint', '.', '--values', 'values-prod.yaml']),
    ).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('values-prod'),
    });
  });
});

describe('curl without curl', () => {
  let server: Server;
  let url: string;
  const seen: string[] = [];
  beforeEach(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', chunk => {
        body += chunk;
      });
      request.on('end', () => {
        seen.push(
          `${request.method} ${request.headers.authorization} ${request.headers['content-type']} ${body}`,
        );
        response.writeHead(request.url === '/missing' ? 404 : 201);
        response.end('taken');
      });
    });
    await new Promise<void>(resolve => {
      server.listen(0, 'localhost', resolve);
    });
    const address = server.address();
    url = `http://localhost:${
      typeof address === 'object' ? address?.port : ''
    }`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('sends a file with a user and password from standard input', async () => {
    write({ 'body.json': '{"a":1}' });
    const answer = await call(
      curl,
      [
        '--silent',
        '--show-error',
        '--config',
        '-',
        '--output',
        'answer',
        '--write-out',
        '%{http_code}',
        '--header',
        'Content-Type: application/json',
        '--data-binary',
        '@body.json',
        `${url}/api`,
      ],
      'user = "me:pass\\"word"\n',
    );
    expect(answer).toEqual({ code: 0, stdout: '201', stderr: '' });
    expect(readFileSync(join(cwd, 'answer'), 'utf8')).toBe('taken');
    expect(seen.pop()).toBe(
      `POST Basic ${btoa('me:pass"word')} application/json {"a":1}`,
    );
  });

  it('fails when asked to, and when nobody answers', async () => {
    expect(await call(curl, ['-s', `${url}/missing`])).toMatchObject({
      code: 0,
      stdout: 'taken',
    });
    expect(await call(curl, ['-sS', `${url}/missing`])).toMatchObject({
      code: 0,
    });
    expect(await call(curl, ['--fail', `${url}/missing`])).toMatchObject({
      code: 22,
    });
    expect(await call(curl, ['http://localhost:1/'])).toMatchObject({
      code: 7,
    });
  });
});

describe('date', () => {
  it('tells the simulated time', async () => {
    const date = createDate(() => new Date('2026-03-02T04:05:06Z'));
    const answer = await call(date, ['-u', '+%Y-%m-%dT%H:%M:%SZ']);
    expect(answer.stdout).toBe('2026-03-02T04:05:06Z\n');
    expect(await call(date, ['-d', 'x'])).toMatchObject({ code: 64 });
  });
});
