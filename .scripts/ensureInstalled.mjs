// SPDX-License-Identifier: Apache-2.0
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { Problem } from './Problem.mjs';
import { inRepository } from './repository.mjs';
import { run } from './run.mjs';

const STAMP = inRepository('node_modules', '.delivery-installed');

/** Installs the packages unless the last successful install still fits. */
export async function ensureInstalled({ env, node }) {
  const wanted = fingerprint(
    [
      inRepository('yarn.lock'),
      inRepository('.yarnrc.yml'),
      inRepository('package.json'),
      ...workspaceManifests(),
    ],
    `${process.platform} ${process.arch} ${await versionOf(node)}`,
  );
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) {
    return;
  }
  console.log('Installing packages (about a minute or two the first time) …');
  const log = join(mkdtempSync(join(tmpdir(), 'delivery-')), 'install.log');
  const registry = await npmRegistry();
  const { code, output } = await run(
    node,
    [yarnRelease(), 'install', '--immutable'],
    {
      env: {
        ...env,
        ...(registry ? { YARN_NPM_REGISTRY_SERVER: registry } : {}),
        ...(/^http:/.test(registry ?? '')
          ? { YARN_UNSAFE_HTTP_WHITELIST: new URL(registry).hostname }
          : {}),
      },
      log,
    },
  );
  if (code !== 0) {
    throw new Problem(explain(output, log));
  }
  writeFileSync(STAMP, wanted);
}

/** The path of the committed Yarn. */
export function yarnRelease() {
  const folder = inRepository('.yarn', 'releases');
  const release = readdirSync(folder).find(name => /^yarn-.*\.cjs$/.test(name));
  if (!release) {
    throw new Problem(
      'The committed Yarn is missing from .yarn/releases: restore it with "git checkout .yarn".',
    );
  }
  return join(folder, release);
}

function workspaceManifests() {
  const manifests = [];
  for (const folder of ['plugins', 'examples/portal', 'examples']) {
    for (const name of readdirSync(inRepository(folder))) {
      const manifest = inRepository(folder, name, 'package.json');
      if (existsSync(manifest)) {
        manifests.push(manifest);
      }
    }
  }
  return manifests;
}

async function versionOf(node) {
  const { output } = await run(node, ['--version']);
  return output.trim().split('.')[0];
}

async function npmRegistry() {
  const { code, output } = await run('npm', ['config', 'get', 'registry']);
  const registry = output.trim();
  return code === 0 && /^https?:\/\//.test(registry)
    ? registry.replace(/\/$/, '')
    : undefined;
}

function explain(output, log) {
  if (/YN0028|lockfile would have been (modified|created)/i.test(output)) {
    return 'yarn.lock does not fit the package.json files: restore it with "git checkout yarn.lock", or run "yarn install" if you changed a package.json.';
  }
  if (
    /YN0018|YN0047|checksum|parsing failed|Syntax ?error|Unknown lockfile|YN0078|Invalid resolution|Internal Error:.*(lock|parse)/is.test(
      output,
    )
  ) {
    return 'yarn.lock is broken: restore it with "git checkout yarn.lock" and try again.';
  }
  if (
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ETIMEDOUT|EHOSTUNREACH|RequestError|connect timeout|ERR_SOCKET|socket (closed|hang up)|YN0035|HTTPError/i.test(
      output,
    )
  ) {
    return 'The packages could not be downloaded: check your network and the registry of "npm config get registry", and try again.';
  }
  const line = output
    .split('\n')
    .reverse()
    .find(text => /YN0\d+.*(fail|error|can't|couldn't)/i.test(text));
  return `Installing the packages failed (${
    line?.trim() ?? 'no reason given'
  }); the whole log is in ${log}.`;
}
