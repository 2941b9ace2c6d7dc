// SPDX-License-Identifier: Apache-2.0
import { startTestBackend, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import githubModule from '@backstage/plugin-scaffolder-backend-module-github';
import type { JsonObject } from '@backstage/types';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { scaffolderModuleDelivery } from '../module';

const TEMPLATE = resolve(__dirname, '../../../../templates/service');

const dryRunSchema = z.object({
  log: z.array(z.object({ body: z.object({ message: z.string() }) })),
  directoryContents: z.array(
    z.object({
      path: z.string(),
      base64Content: z.string(),
      executable: z.boolean().optional(),
    }),
  ),
  output: z.looseObject({
    links: z.array(z.looseObject({ title: z.string() })).default([]),
  }),
});

/** What a dry run of the template said and made. */
export type DryRun = z.infer<typeof dryRunSchema>;

/** The `delivery` section that the tests use. */
export const DELIVERY_CONFIG = {
  environments: [
    {
      name: 'dev',
      tier: 'development',
      namespace: '{service}-dev',
      account: 'local-dev',
      entry: 'automatic',
    },
    {
      name: 'staging',
      tier: 'staging',
      after: ['dev'],
      namespace: '{service}-staging',
      account: 'local-staging',
    },
    {
      name: 'prod',
      tier: 'production',
      after: ['staging'],
      namespace: '{service}-prod',
      account: 'local-prod',
    },
  ],
  jenkins: {
    instances: [
      {
        name: 'default',
        baseUrl: 'http://jenkins.test',
        username: 'portal',
        apiToken: 'jenkins-secret',
      },
    ],
  },
  spinnaker: {
    baseUrl: 'http://gate.test',
    token: 'gate-secret',
    kustomize: {
      account: 'git-charts',
      repository: 'https://git.test/northwind/{service}-chart.git',
    },
  },
};

/** A real scaffolder that runs `templates/service` dry, as often as it is asked. */
export class Scaffolder {
  readonly #backend: Awaited<ReturnType<typeof startTestBackend>>;

  private constructor(backend: Awaited<ReturnType<typeof startTestBackend>>) {
    this.#backend = backend;
  }

  /** Starts it with a `delivery` section; with the usual one when there is none. */
  static async start(delivery?: JsonObject): Promise<Scaffolder> {
    const backend = await startTestBackend({
      features: [
        scaffolderPlugin,
        githubModule,
        scaffolderModuleDelivery,
        catalogServiceMock.factory(),
        mockServices.rootConfig.factory({
          data: {
            backend: { baseUrl: 'http://localhost:0' },
            integrations: {
              github: [
                {
                  host: 'git.test',
                  apiBaseUrl: 'http://git.test/api/v3',
                  token: 'github-secret',
                },
              ],
              gitlab: [
                {
                  host: 'gitlab.test',
                  baseUrl: 'http://gitlab.test',
                  apiBaseUrl: 'http://gitlab.test/api/v4',
                  token: 'gitlab-secret',
                },
              ],
            },
            delivery: delivery ?? DELIVERY_CONFIG,
          },
        }),
      ],
    });
    return new Scaffolder(backend);
  }

  /** Makes the files of a service; the actions say what they would do. */
  async scaffold(values: JsonObject): Promise<DryRun> {
    const port = this.#backend.server.port();
    const response = await fetch(
      `http://localhost:${port}/api/scaffolder/v2/dry-run`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          template: parse(
            await readFile(join(TEMPLATE, 'template.yaml'), 'utf8'),
          ),
          values,
          directoryContents: await readFolder(TEMPLATE),
        }),
      },
    );
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`The dry run answered ${response.status}: ${text}`);
    }
    return dryRunSchema.parse(JSON.parse(text));
  }

  async stop(): Promise<void> {
    await this.#backend.stop();
  }
}

/**
 * Runs `templates/service` in a real scaffolder, dry: the files are made and the actions say
 * what they would do.
 */
export async function scaffoldService(options: {
  values: JsonObject;
  delivery?: JsonObject;
}): Promise<DryRun> {
  const scaffolder = await Scaffolder.start(options.delivery);
  try {
    return await scaffolder.scaffold(options.values);
  } finally {
    await scaffolder.stop();
  }
}

/** Writes the files of a dry run below a folder. */
export async function writeScaffold(run: DryRun, folder: string) {
  for (const file of run.directoryContents) {
    const path = join(folder, file.path);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, Buffer.from(file.base64Content, 'base64'));
    if (file.executable) {
      await chmod(path, 0o755);
    }
  }
}

async function readFolder(folder: string) {
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  });
  return Promise.all(
    entries
      .filter(entry => entry.isFile())
      .map(async entry => {
        const path = join(entry.parentPath, entry.name);
        return {
          path: relative(folder, path),
          base64Content: (await readFile(path)).toString('base64'),
        };
      }),
  );
}
