// SPDX-License-Identifier: Apache-2.0
import { parseArgs } from 'node:util';
import { simulatorClock } from './clock';
import { readSimulatorConfig } from './config';
import { createControlHandler } from './control/createControlHandler';
import { serveFetch } from './http/serveFetch';
import { readConfigFile } from './readConfigFile';
import { startSimulator } from './startSimulator';

/**
 * Runs the simulator in a process of its own.
 *
 * @remarks
 * Prints one line of JSON with every address once all of them answer, and ends on SIGTERM
 * or SIGINT.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      config: { type: 'string' },
      'control-port': { type: 'string', default: '7086' },
      verbose: { type: 'boolean', default: false },
    },
  });
  if (!values.config) {
    throw new Error(
      'Say which configuration to use: --config <file with a simulator section>',
    );
  }
  const stop = new AbortController();
  const simulator = await startSimulator({
    config: readSimulatorConfig(readConfigFile(values.config)),
    clock: simulatorClock,
    signal: stop.signal,
    log: (where, message) => {
      if (values.verbose) {
        process.stderr.write(`${where}: ${message}\n`);
      }
    },
  });
  const control = await serveFetch({
    port: Number(values['control-port']),
    signal: stop.signal,
    handle: createControlHandler(simulator.control),
  });
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    process.once(name, () => stop.abort());
  }
  process.stdout.write(
    `${JSON.stringify({ control: control.url, ...simulator.urls })}\n`,
  );
  await Promise.all([simulator.stopped, control.closed]);
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
