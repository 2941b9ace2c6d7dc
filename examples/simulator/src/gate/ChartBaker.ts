// SPDX-License-Identifier: Apache-2.0
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type {
  BakeRequest,
  BakeResult,
} from 'backstage-plugin-spinnaker-client/testUtils';
import { renderWithoutHelm } from './renderWithoutHelm';

const run = promisify(execFile);

/** Fetches charts and renders them: with Helm when it is installed, else in a plain way. */
export class ChartBaker {
  readonly #repositoryUrl: string;
  readonly #helm: string;

  constructor(options: {
    /** Address of the chart repository. */
    repositoryUrl: string;
    /** The command that renders; `helm` when absent. */
    helm?: string;
  }) {
    this.#repositoryUrl = options.repositoryUrl.replace(/\/+$/, '');
    this.#helm = options.helm ?? 'helm';
  }

  /** Bakes one chart; never rejects for what is wrong with the chart or its values. */
  async bake(request: BakeRequest): Promise<BakeResult> {
    const archive = await this.#fetch(request);
    if ('kind' in archive) {
      return archive;
    }
    const folder = await mkdtemp(join(tmpdir(), 'bake-'));
    try {
      return await this.#template({ request, archive, folder });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** The package of the chart: the artifact itself, or what it refers to. */
  async #fetch({
    chart,
    signal,
  }: BakeRequest): Promise<Uint8Array | (BakeResult & { kind: 'failed' })> {
    if (chart.type === 'embedded/base64') {
      return new Uint8Array(Buffer.from(chart.reference ?? '', 'base64'));
    }
    const url =
      chart.type === 'http/file' && chart.reference
        ? chart.reference
        : `${this.#repositoryUrl}/charts/${encodeURIComponent(
            `${chart.name}-${chart.version}.tgz`,
          )}`;
    const response = await fetch(url, { signal }).catch(() => undefined);
    if (!response?.ok) {
      return {
        kind: 'failed',
        status: 400,
        message: `Failed to fetch helm template: Failed to download artifact: Artifact(type=${
          chart.type
        }, name=${chart.name}, version=${
          chart.version
        }): the chart repository ${
          response ? `answered ${response.status}` : 'cannot be reached'
        }`,
      };
    }
    return new Uint8Array(await response.arrayBuffer());
  }

  async #template(options: {
    request: BakeRequest;
    archive: Uint8Array;
    folder: string;
  }): Promise<BakeResult> {
    const { request, archive, folder } = options;
    const chart = join(folder, 'chart.tgz');
    await writeFile(chart, archive);
    const args = [
      'template',
      request.releaseName,
      chart,
      '--namespace',
      request.namespace,
      '--skip-tests',
    ];
    for (const [index, values] of request.values.entries()) {
      const file = join(folder, `values-${index}.yaml`);
      await writeFile(file, values);
      args.push('--values', file);
    }
    for (const [key, value] of Object.entries(request.overrides)) {
      // Unescaped, as Rosco passes it on.
      args.push('--set-string', `${key}=${String(value)}`);
    }
    try {
      const { stdout } = await run(this.#helm, args, {
        signal: request.signal,
        maxBuffer: 16 * 1024 * 1024,
        // Nothing of a person's own Helm set-up has a say here.
        env: { PATH: process.env.PATH, HOME: folder },
      });
      return { kind: 'baked', yaml: stdout };
    } catch (error) {
      if (codeOf(error) === 'ENOENT') {
        return renderWithoutHelm({ request, archive });
      }
      return {
        kind: 'failed',
        status: 500,
        message: `Bake failed: ${saidBy(error)}`,
      };
    }
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error
    ? error.code
    : undefined;
}

function saidBy(error: unknown): string {
  return typeof error === 'object' && error !== null && 'stderr' in error
    ? String(error.stderr).trim()
    : String(error);
}
