// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Leads what builds ask Bitbucket Cloud, which is known by its public addresses only, to
 * the simulated one: by a setting of Git, and by a `curl` before the machine's own.
 *
 * @param agent - the data folder of the simulated Jenkins
 * @param to - the address of the simulated Bitbucket Cloud
 */
export function leadBuilds(agent: string, to: string): void {
  writeFileSync(
    join(agent, 'home', '.gitconfig'),
    `[url "${to}/"]\n\tinsteadOf = https://bitbucket.org/\n`,
  );
  const api = 'https://api.bitbucket.org/';
  const curl = execFileSync('sh', ['-c', 'command -v curl || true'], {
    encoding: 'utf8',
  }).trim();
  if (curl) {
    writeFileSync(
      join(agent, 'tools', 'first', 'curl'),
      `#!/bin/sh
for argument; do
  shift
  case $argument in
    ${api}*) argument="${to}/\${argument#${api}}" ;;
  esac
  set -- "$@" "$argument"
done
exec ${curl} "$@"
`,
      { mode: 0o755 },
    );
  }
}
