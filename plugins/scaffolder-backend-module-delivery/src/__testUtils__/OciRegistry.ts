// SPDX-License-Identifier: Apache-2.0
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { findTool } from './toolbox';

const tagsSchema = z.object({ tags: z.array(z.string()).nullish() });
const MANIFESTS = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/** A real OCI registry on loopback: Debian's docker-registry, or the one it is made of. */
export class OciRegistry {
  readonly #child: ChildProcess;
  readonly #folder: string;
  /** Its address as an image name has it. */
  readonly host: string;

  private constructor(child: ChildProcess, folder: string, host: string) {
    this.#child = child;
    this.#folder = folder;
    this.host = host;
  }

  /** The program, when it is installed. */
  static program(): string | undefined {
    return findTool('docker-registry') ?? findTool('registry');
  }

  static async start(): Promise<OciRegistry> {
    const program = OciRegistry.program();
    if (!program) {
      throw new Error('docker-registry is not installed');
    }
    const folder = mkdtempSync(join(tmpdir(), 'registry-'));
    const host = `127.0.0.1:${await freePort()}`;
    const config = join(folder, 'config.yml');
    writeFileSync(
      config,
      JSON.stringify({
        version: 0.1,
        log: { level: 'error' },
        storage: { filesystem: { rootdirectory: join(folder, 'data') } },
        http: { addr: host },
      }),
    );
    const child = spawn(program, ['serve', config], { stdio: 'ignore' });
    const registry = new OciRegistry(child, folder, host);
    while (!(await registry.#answers())) {
      if (child.exitCode !== null) {
        throw new Error(`The registry ended with ${child.exitCode}`);
      }
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    return registry;
  }

  /** The tags of a repository. */
  async tags(repository: string): Promise<string[]> {
    const response = await fetch(
      `http://${this.host}/v2/${repository}/tags/list`,
    );
    return response.status === 404
      ? []
      : tagsSchema.parse(await response.json()).tags ?? [];
  }

  /** The digest of a tag, as the registry says it. */
  async digest(repository: string, tag: string): Promise<string | undefined> {
    const response = await fetch(
      `http://${this.host}/v2/${repository}/manifests/${tag}`,
      { headers: { accept: MANIFESTS } },
    );
    await response.arrayBuffer();
    return response.headers.get('docker-content-digest') ?? undefined;
  }

  /** The digests of what a tag is made of. */
  async layers(repository: string, tag: string): Promise<string[]> {
    const response = await fetch(
      `http://${this.host}/v2/${repository}/manifests/${tag}`,
      { headers: { accept: MANIFESTS } },
    );
    return z
      .object({ layers: z.array(z.object({ digest: z.string() })) })
      .parse(await response.json())
      .layers.map(({ digest }) => digest);
  }

  async stop(): Promise<void> {
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #answers(): Promise<boolean> {
    try {
      return (await fetch(`http://${this.host}/v2/`)).ok;
    } catch {
      return false;
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve =>
    server.listen(0, '127.0.0.1', () => resolve()),
  );
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  if (typeof address !== 'object' || address === null) {
    throw new Error('There is no free port');
  }
  return address.port;
}
