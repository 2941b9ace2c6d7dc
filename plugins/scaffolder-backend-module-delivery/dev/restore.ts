// SPDX-License-Identifier: Apache-2.0
import { parseArgs } from 'node:util';
import { DatabaseManager } from '@backstage/backend-defaults/database';
import { UrlReaders } from '@backstage/backend-defaults/urlReader';
import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import { ConfigSources } from '@backstage/config-loader';
import { NotFoundError, toError } from '@backstage/errors';
import { resourcesOf } from '../src/wiring/resourcesOf';
import { restoreService } from '../src/wiring/restoreService';

const USAGE =
  'yarn delivery restore <service> [--dry-run] [--config app-config.yaml]';

/** A logger for the person in front of the terminal. */
const logger = {
  debug: () => {},
  info: (text: string) => console.log(text),
  warn: (text: string) => console.error(text),
  error: (text: string) => console.error(text),
  child: () => logger,
};

const lifecycle = { addStartupHook: () => {}, addShutdownHook: () => {} };

/**
 * Reads entities as the catalog has them, from its database: the portal itself need not run,
 * and often does not when everything is set up anew.
 */
async function openCatalog(config: Config) {
  const knex = await DatabaseManager.fromConfig(config)
    .forPlugin('catalog', { logger: { ...logger, info: () => {} }, lifecycle })
    .getClient();
  return {
    async find(entityRefs: readonly string[]): Promise<Entity[]> {
      const rows: { final_entity: string | null }[] = await knex(
        'final_entities',
      )
        .select('final_entity')
        .whereIn('entity_ref', entityRefs);
      return rows.flatMap(row =>
        row.final_entity ? [JSON.parse(row.final_entity)] : [],
      );
    },
    close: () => knex.destroy(),
  };
}

/** Makes the jobs and Spinnaker pipelines of a service again. */
async function restore(options: {
  service: string;
  dryRun: boolean;
  files: readonly string[];
  signal: AbortSignal;
}): Promise<void> {
  const { service, dryRun, files, signal } = options;
  const config = await ConfigSources.toConfig(
    ConfigSources.default({
      argv: files.flatMap(file => ['--config', file]),
    }),
  );
  const ref = stringifyEntityRef(
    parseEntityRef(service, {
      defaultKind: 'component',
      defaultNamespace: 'default',
    }),
  );
  const catalog = await openCatalog(config);
  try {
    const [component] = await catalog.find([ref]);
    if (component?.kind !== 'Component') {
      throw new NotFoundError(`The catalog has no Component ${ref}`);
    }
    const { differences, folderUrl, applicationUrl } = await restoreService({
      config,
      component,
      resources: await catalog.find(resourcesOf(component)),
      reader: UrlReaders.default({ config, logger }),
      ctx: {
        checkpoint: ({ fn }) => Promise.resolve(fn()),
        isDryRun: dryRun,
        logger,
        signal,
      },
    });
    console.log(
      dryRun
        ? 'This was a dry run: nothing was changed.'
        : `Done: ${folderUrl} and ${applicationUrl}.${
            differences.length > 0
              ? ' The wiring in the repository differs; see above.'
              : ''
          }`,
    );
  } finally {
    await catalog.close();
  }
}

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      config: { type: 'string', multiple: true },
      'dry-run': { type: 'boolean', default: false },
    },
  });
  const [command, service] = positionals;
  if (command !== 'restore' || !service || positionals.length > 2) {
    console.error(USAGE);
    return 2;
  }
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => stop.abort());
  }
  await restore({
    service,
    dryRun: values['dry-run'],
    files: values.config ?? [],
    signal: stop.signal,
  });
  return 0;
}

// The database manager keeps its connections alive, and the process with them.
main().then(
  code => process.exit(code),
  error => {
    console.error(toError(error).message);
    process.exit(1);
  },
);
