// SPDX-License-Identifier: Apache-2.0
import { spawn, type ChildProcess } from 'node:child_process';
import {
  createWriteStream,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { ApiRelay } from './ApiRelay';
import { PlayedNodes } from './PlayedNodes';

const READY_WITHIN_MS = 120_000;

const requestSchema = z.object({
  verb: z.string(),
  user: z.object({ username: z.string() }),
  objectRef: z
    .object({ resource: z.string(), subresource: z.string().optional() })
    .optional(),
  responseStatus: z.object({ code: z.number().optional() }).optional(),
});

const CONTROLLERS = [
  'daemonset',
  'deployment',
  'garbage-collector',
  'job',
  'namespace',
  'replicaset',
  'resourcequota',
  'statefulset',
];

const AUDIT_POLICY = JSON.stringify({
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [{ level: 'Metadata' }],
});

/** A token of {@link RealKubernetes}: who it is. */
export type Principal = { token: string; user: string; group?: string };

/** Everything that may be done, and who watches with the shipped role only. */
export const ADMIN: Principal = {
  token: 'admin-of-the-tests',
  user: 'admin',
  group: 'system:masters',
};

/**
 * A real API server with its database and controllers, on loopback, without
 * containers; the nodes are played.
 */
export class RealKubernetes {
  readonly #folder: string;
  readonly #assets: string;
  readonly #children = new Map<string, ChildProcess>();
  #serverArgs: string[] = [];
  #relay: ApiRelay | undefined;
  #nodes: PlayedNodes | undefined;
  #etcdPort = 0;
  #port = 0;

  private constructor(assets: string) {
    this.#assets = assets;
    this.#folder = mkdtempSync(join(tmpdir(), 'delivery-kubernetes-'));
  }

  /** Starts it with programs of a folder; resolves when it is ready. */
  static async start(options: {
    assets: string;
    principals: readonly Principal[];
  }): Promise<RealKubernetes> {
    const cluster = new RealKubernetes(options.assets);
    try {
      await cluster.#start([ADMIN, ...options.principals]);
    } catch (error) {
      const log = cluster.#tail('kube-apiserver');
      await cluster.stop();
      throw new Error(`The API server did not start: ${error}\n${log}`);
    }
    return cluster;
  }

  /** Whether Deployments are rolled out: the controllers are there. */
  static hasControllers(assets: string): boolean {
    return existsSync(join(assets, 'kube-controller-manager'));
  }

  /** Where it is, with a certificate of its own. */
  get secureUrl(): string {
    return `https://127.0.0.1:${this.#port}`;
  }

  /** PEM text of the authority that signed its certificate. */
  get ca(): string {
    return readFileSync(join(this.#folder, 'apiserver.crt'), 'utf8');
  }

  /** Where it is without a certificate, for plain clients. */
  get url(): string {
    return this.#relay?.url ?? '';
  }

  /** What a user has asked for so far, each once: `list pods`, `watch deployments 403`. */
  askedBy(user: string): ReadonlySet<string> {
    const lines = readFileSync(join(this.#folder, 'audit.log'), 'utf8');
    return new Set(
      lines
        .split('\n')
        .filter(Boolean)
        .map(line => requestSchema.parse(JSON.parse(line)))
        .filter(one => one.user.username === user)
        .map(({ objectRef, responseStatus, verb }) =>
          [
            verb,
            objectRef?.resource,
            objectRef?.subresource,
            (responseStatus?.code ?? 200) < 400 ? '' : responseStatus?.code,
          ]
            .filter(Boolean)
            .join(' '),
        ),
    );
  }

  /**
   * Forgets the history of all changes, in the database and, by a new start, in
   * the server's own memory of it.
   */
  async compact(): Promise<void> {
    const ask = async (path: string, body: object): Promise<unknown> => {
      const response = await fetch(
        `http://127.0.0.1:${this.#etcdPort}${path}`,
        {
          method: 'POST',
          body: JSON.stringify(body),
        },
      );
      return response.json();
    };
    const { header } = Object(
      await ask('/v3/kv/range', { key: Buffer.from('a').toString('base64') }),
    );
    await ask('/v3/kv/compaction', {
      revision: header.revision,
      physical: true,
    });
    await this.#end('kube-apiserver');
    this.#run('kube-apiserver', this.#serverArgs);
    await this.#untilReady();
  }

  async stop(): Promise<void> {
    await this.#nodes?.stop();
    await this.#relay?.close();
    for (const program of [...this.#children.keys()].reverse()) {
      await this.#end(program);
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #start(principals: readonly Principal[]): Promise<void> {
    const [etcdPort, peerPort, port] = await freePorts(3);
    this.#etcdPort = etcdPort;
    this.#port = port;
    this.#write(
      'tokens.csv',
      principals
        .map(
          ({ group, token, user }) => `${token},${user},${user},${group ?? ''}`,
        )
        .join('\n'),
    );
    const { privateKey, publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const etcd = `http://127.0.0.1:${etcdPort}`;
    const peer = `http://127.0.0.1:${peerPort}`;
    this.#run('etcd', [
      `--data-dir=${join(this.#folder, 'etcd')}`,
      `--listen-client-urls=${etcd}`,
      `--advertise-client-urls=${etcd}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
      '--unsafe-no-fsync',
    ]);
    this.#serverArgs = [
      `--etcd-servers=${etcd}`,
      '--bind-address=127.0.0.1',
      `--secure-port=${port}`,
      `--cert-dir=${this.#folder}`,
      `--token-auth-file=${join(this.#folder, 'tokens.csv')}`,
      '--authorization-mode=RBAC',
      '--service-cluster-ip-range=10.0.0.0/24',
      '--service-account-issuer=https://kubernetes.example.test',
      `--service-account-key-file=${this.#write('sa.pub', publicKey)}`,
      `--service-account-signing-key-file=${this.#write('sa.key', privateKey)}`,
      '--disable-admission-plugins=ServiceAccount',
      `--audit-policy-file=${this.#write('audit.json', AUDIT_POLICY)}`,
      `--audit-log-path=${join(this.#folder, 'audit.log')}`,
      '--shutdown-delay-duration=0',
    ];
    this.#run('kube-apiserver', this.#serverArgs);
    await this.#untilReady();
    this.#relay = await ApiRelay.start({ url: this.secureUrl, ca: this.ca });
    if (RealKubernetes.hasControllers(this.#assets)) {
      this.#run('kube-controller-manager', [
        `--kubeconfig=${this.#write('admin.json', this.#kubeconfig())}`,
        `--service-account-private-key-file=${join(this.#folder, 'sa.key')}`,
        '--secure-port=0',
        '--leader-elect=false',
        `--controllers=${CONTROLLERS.map(name => `${name}-controller`).join(
          ',',
        )}`,
      ]);
      this.#nodes = PlayedNodes.start({ url: this.url, token: ADMIN.token });
    }
  }

  async #untilReady(): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS;
    for (;;) {
      const code = this.#children.get('kube-apiserver')?.exitCode ?? undefined;
      if (code !== undefined) {
        throw new Error(`it ended with ${code}`);
      }
      const ca = join(this.#folder, 'apiserver.crt');
      if (existsSync(ca)) {
        const relay = await ApiRelay.start({
          url: this.secureUrl,
          ca: this.ca,
        });
        try {
          const response = await fetch(`${relay.url}/readyz`, {
            headers: { authorization: `Bearer ${ADMIN.token}` },
          });
          if (response.ok) {
            return;
          }
        } catch {
          // not yet
        } finally {
          await relay.close();
        }
      }
      if (Date.now() > deadline) {
        throw new Error('it was not ready in time');
      }
      await delay(100);
    }
  }

  #run(program: string, args: string[]): void {
    const log = createWriteStream(join(this.#folder, `${program}.log`));
    const child = spawn(join(this.#assets, program), args, {
      cwd: this.#folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    this.#children.set(program, child);
  }

  async #end(program: string): Promise<void> {
    const child = this.#children.get(program);
    this.#children.delete(program);
    if (child?.exitCode === null) {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    }
  }

  #kubeconfig(): string {
    return JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [
        {
          name: 'c',
          cluster: {
            server: this.secureUrl,
            'certificate-authority': join(this.#folder, 'apiserver.crt'),
          },
        },
      ],
      users: [{ name: 'u', user: { token: ADMIN.token } }],
      contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
      'current-context': 'x',
    });
  }

  #write(name: string, text: string): string {
    const path = join(this.#folder, name);
    writeFileSync(path, text);
    return path;
  }

  #tail(program: string): string {
    const path = join(this.#folder, `${program}.log`);
    return existsSync(path) ? readFileSync(path, 'utf8').slice(-2000) : '';
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(async server => {
      await new Promise<void>(resolve => {
        server.listen(0, '127.0.0.1', resolve);
      });
      const address = server.address();
      return typeof address === 'object' && address ? address.port : 0;
    }),
  );
  await Promise.all(
    servers.map(server => new Promise(resolve => server.close(resolve))),
  );
  return ports;
}
