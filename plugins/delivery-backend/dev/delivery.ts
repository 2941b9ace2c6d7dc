// SPDX-License-Identifier: Apache-2.0
import { parseArgs } from 'node:util';
import { DatabaseManager } from '@backstage/backend-defaults/database';
import { ConfigSources } from '@backstage/config-loader';
import { toError } from '@backstage/errors';
import { readDeliveryConfig } from '../src/config/readDeliveryConfig';
import { verifyLog } from '../src/database/verifyLog';
import { createSeal } from '../src/wiring/createSeal';
import { Ports } from '../src/wiring/Ports';

const USAGE = `yarn delivery audit verify [--config app-config.yaml]
yarn delivery restore <service> [--dry-run] [--config app-config.yaml]`;

/** A logger for what the database says; only trouble is of interest here. */
const logger = {
  debug: () => {},
  info: () => {},
  warn: (text: string) => console.error(text),
  error: (text: string) => console.error(text),
  child: () => logger,
};

const lifecycle = { addStartupHook: () => {}, addShutdownHook: () => {} };

/** Opens the configured database and walks over the record of promotions. */
async function verifyAudit(files: readonly string[]): Promise<number> {
  const config = await ConfigSources.toConfig(
    ConfigSources.default({
      argv: files.flatMap(file => ['--config', file]),
    }),
  );
  const { audit } = readDeliveryConfig(config, new Ports());
  const knex = await DatabaseManager.fromConfig(config)
    .forPlugin('delivery', { logger, lifecycle })
    .getClient();
  try {
    const found = await verifyLog(knex, createSeal(audit.key));
    if (found.intact) {
      const seal = audit.key
        ? 'and the seal of each is ours'
        : 'without a seal (delivery.audit.key is not set)';
      console.log(`The record is intact: ${found.lines} lines, ${seal}.`);
      return 0;
    }
    const whose = found.promotionId ? ` (promotion ${found.promotionId})` : '';
    console.error(
      `The record is broken at line ${found.log}${whose}: ${found.reason}. ${found.lines} lines before it are good.`,
    );
    return 1;
  } finally {
    await knex.destroy();
  }
}

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { config: { type: 'string', multiple: true } },
  });
  if (positionals.join(' ') !== 'audit verify') {
    console.error(USAGE);
    return 2;
  }
  return verifyAudit(values.config ?? []);
}

// The database manager keeps its connections alive, and the process with them.
main().then(
  code => process.exit(code),
  error => {
    console.error(toError(error).message);
    process.exit(2);
  },
);
