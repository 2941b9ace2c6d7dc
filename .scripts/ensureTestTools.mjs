// SPDX-License-Identifier: Apache-2.0
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from './Problem.mjs';
import { run } from './run.mjs';

const DEBIAN = '/etc/debian_version';

/** The programs that the tests drive, and the Debian package of each. */
const TOOLS = [
  { name: 'Chromium', debian: 'chromium', find: findChromium },
  { name: 'git', debian: 'git', find: () => onPath('git') },
  {
    name: 'Java',
    debian: 'default-jre-headless',
    find: () => onPath('java'),
  },
  {
    name: 'PostgreSQL (the server)',
    debian: 'postgresql',
    find: findPostgres,
  },
  {
    name: 'Buildah',
    debian: 'buildah',
    find: () => onPath('buildah'),
    // the tests that need it say so and are left out
    optional: true,
  },
  {
    name: 'an OCI registry',
    debian: 'docker-registry',
    find: () => onPath('docker-registry') ?? onPath('registry'),
    optional: true,
  },
  {
    name: 'shellcheck',
    debian: 'shellcheck',
    find: () => onPath('shellcheck'),
  },
];

/**
 * Finds the programs that the tests drive, and installs what is missing when
 * that can be done without asking: as root on Debian.
 *
 * Answers where Chromium and PostgreSQL are.
 */
export async function ensureTestTools({ needs } = {}) {
  const wanted = TOOLS.filter(tool => !needs || needs.includes(tool.debian));
  const missing = wanted.filter(tool => !tool.find());
  // apart, so that one that cannot be had keeps no other away
  for (const optional of [false, true]) {
    const some = missing.filter(tool => (tool.optional ?? false) === optional);
    if (some.length > 0) {
      await install(some);
    }
  }
  const absent = wanted.filter(tool => !tool.find());
  for (const tool of absent.filter(one => one.optional)) {
    console.log(
      `NOT INSTALLED: ${tool.name} (on Debian: apt-get install ${tool.debian}); what takes it is not shown.`,
    );
  }
  const still = absent.filter(tool => !tool.optional);
  if (still.length > 0) {
    throw new Problem(
      `The tests need ${listed(
        still.map(tool => tool.name),
      )}: install them (on Debian: apt-get install ${still
        .map(tool => tool.debian)
        .join(' ')}) and try again.`,
    );
  }
  return { chromium: findChromium(), postgres: findPostgres() };
}

async function install(missing) {
  if (!existsSync(DEBIAN) || process.getuid?.() !== 0) {
    return;
  }
  const packages = missing.map(tool => tool.debian);
  console.log(`Installing ${packages.join(', ')} with apt-get …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], { env });
  const { code, output } = await run(
    'apt-get',
    ['install', '-y', '-q', '--no-install-recommends', ...packages],
    { env },
  );
  if (code !== 0) {
    console.error(output.split('\n').slice(-10).join('\n'));
  }
}

function onPath(program) {
  return (process.env.PATH ?? '')
    .split(':')
    .map(folder => join(folder, program))
    .find(existsSync);
}

function findChromium() {
  return (
    process.env.CHROMIUM_PATH ??
    onPath('chromium') ??
    onPath('chromium-browser') ??
    onPath('google-chrome')
  );
}

/** The newest PostgreSQL server: `{ version, bin }`. */
function findPostgres() {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root) : [];
  const [version] = versions
    .filter(name => existsSync(join(root, name, 'bin', 'initdb')))
    .sort((a, b) => Number(b) - Number(a));
  return version ? { version, bin: join(root, version, 'bin') } : undefined;
}

function listed(names) {
  return names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}
