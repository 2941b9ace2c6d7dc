// SPDX-License-Identifier: Apache-2.0
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TOOL_VARIABLES } from './Tool';

/** Commands that scripts find before the machine's own. */
const FIRST = ['docker', 'trivy'];
/** Commands that scripts find only when the machine has none of its own. */
const LAST = ['helm', 'curl'];

/**
 * Sends one call to the simulator and behaves as it answers. It is written to the agent as
 * it stands here, because a process of a build can import nothing of ours.
 */
const CLIENT = `// Written by the simulator at each start.
const { readFileSync } = require('node:fs');
const [tool, ...args] = process.argv.slice(2);
const reads = args.some(one => one === '-' || one === '@-' || one === '--password-stdin');
const env = Object.fromEntries(
  ${JSON.stringify(
    TOOL_VARIABLES,
  )}.flatMap(name => name in process.env ? [[name, process.env[name]]] : []),
);
const call = { tool, args, cwd: process.cwd(), stdin: reads ? readFileSync(0, 'utf8') : '', env };
fetch(process.env.SIMULATED_TOOLS_URL, {
  method: 'POST',
  headers: {
    authorization: 'Bearer ' + process.env.SIMULATED_TOOLS_TOKEN,
    'content-type': 'application/json',
  },
  body: JSON.stringify(call),
})
  .then(async response => {
    if (!response.ok) throw new Error(await response.text());
    const { code, stdout, stderr } = await response.json();
    process.stderr.write(stderr);
    process.stdout.write(stdout);
    process.exitCode = code;
  })
  .catch(error => {
    process.stderr.write(tool + ': the simulator does not answer: ' + error.message + '\\n');
    process.exitCode = 127;
  });
`;

/**
 * Writes the commands of the simulated agent into a folder and answers the PATH with which
 * scripts find them.
 */
export function installLaunchers(options: {
  folder: string;
  /** The PATH of the machine. */
  path: string;
}): string {
  const { folder, path } = options;
  rmSync(folder, { recursive: true, force: true });
  const first = join(folder, 'first');
  const last = join(folder, 'last');
  mkdirSync(first, { recursive: true });
  mkdirSync(last, { recursive: true });
  const client = join(folder, 'client.cjs');
  writeFileSync(client, CLIENT);
  for (const tool of FIRST) {
    write(join(first, tool), launcher(client, tool));
  }
  for (const tool of LAST) {
    write(join(last, tool), launcher(client, tool));
  }
  write(
    join(first, 'node'),
    `#!/bin/sh\nexec ${quote(process.execPath)} "$@"\n`,
  );
  // The agent lives in simulated time; whatever else date can do, the machine's does.
  write(
    join(first, 'date'),
    `#!/bin/sh
if [ "$#" -eq 2 ] && [ "$1" = -u ]; then
  exec ${quote(process.execPath)} ${quote(client)} date "$@"
fi
PATH=$(printf '%s' "$PATH" | sed ${quote(`s|${first}:||g`)})
exec date "$@"
`,
  );
  return `${first}:${path}:${last}`;
}

function launcher(client: string, tool: string): string {
  return `#!/bin/sh\nexec ${quote(process.execPath)} ${quote(
    client,
  )} ${tool} "$@"\n`;
}

function write(file: string, content: string): void {
  writeFileSync(file, content);
  chmodSync(file, 0o755);
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
