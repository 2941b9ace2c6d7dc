// SPDX-License-Identifier: Apache-2.0
import { execFile, execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeToolbox, type Toolbox } from './toolbox';
import { writeScaffold, type DryRun } from './scaffoldService';
import type { VendorServer } from './VendorServer';

/** How a build ended. */
export type Built = {
  ok: boolean;
  /** Scripts that ran, in order. */
  ran: string[];
  log: string;
  /** The content of an archived record. */
  record?: string;
  workspace: string;
};

type BuildOptions = {
  job: 'image' | 'chart';
  /** `main` when absent. */
  branch?: string;
  /** The tip of the branch when absent. */
  commit?: string;
  environment?: Record<string, string>;
  /** The last script that runs; the whole Jenkinsfile when absent. */
  until?: string;
  /** Runs before this script does, while the build is going on. */
  before?: { script: string; run(): unknown };
};

/**
 * A scaffolded service in real Git repositories, whose Jenkinsfiles are carried out script by
 * script with a bare minimum of tools.
 */
export class Workshop {
  readonly toolbox: Toolbox;
  readonly vendors: VendorServer;
  readonly folder: string;
  readonly #helm: boolean;
  readonly #numbers = { image: 0, chart: 0 };

  private constructor(parts: {
    folder: string;
    toolbox: Toolbox;
    vendors: VendorServer;
    helm: boolean;
  }) {
    this.#helm = parts.helm;
    this.folder = parts.folder;
    this.toolbox = parts.toolbox;
    this.vendors = parts.vendors;
  }

  static async open(options: {
    scaffold: DryRun;
    vendors: VendorServer;
    helm: boolean;
  }): Promise<Workshop> {
    const folder = await mkdtemp(join(tmpdir(), 'workshop-'));
    await writeScaffold(options.scaffold, join(folder, 'scaffold'));
    const workshop = new Workshop({
      folder,
      toolbox: makeToolbox(join(folder, 'tools'), options),
      vendors: options.vendors,
      helm: options.helm,
    });
    workshop.#publish('artifact', 'orders');
    workshop.#publish('chart', 'orders-chart');
    return workshop;
  }

  /** Another workshop with the same repositories, images and numbers of builds. */
  async copy(): Promise<Workshop> {
    const folder = await mkdtemp(join(tmpdir(), 'workshop-'));
    for (const part of ['remotes', 'tools']) {
      cpSync(join(this.folder, part), join(folder, part), {
        recursive: true,
        verbatimSymlinks: true,
      });
    }
    const copy = new Workshop({
      folder,
      toolbox: makeToolbox(join(folder, 'tools'), { helm: this.#helm }),
      vendors: this.vendors,
      helm: this.#helm,
    });
    Object.assign(copy.#numbers, this.#numbers);
    return copy;
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The address of a repository. */
  remote(name: 'orders' | 'orders-chart'): string {
    return join(this.folder, 'remotes', `${name}.git`);
  }

  /** Commits files as a person would and pushes; returns the commit. */
  commit(
    name: 'orders' | 'orders-chart',
    files: Record<string, string>,
    options: { title?: string; author?: string; branch?: string } = {},
  ): string {
    const {
      title = 'Change something',
      author = 'Ben Ng <ben@northwind.example>',
      branch = 'main',
    } = options;
    const clone = join(this.folder, 'people');
    rmSync(clone, { recursive: true, force: true });
    this.#git(this.folder, 'clone', '--quiet', this.remote(name), clone);
    this.#git(clone, 'checkout', '--quiet', '-B', branch);
    for (const [path, content] of Object.entries(files)) {
      writeFileSync(join(clone, path), content);
    }
    this.#git(clone, 'add', '--all');
    this.#git(clone, 'commit', '--quiet', `--author=${author}`, '-m', title);
    this.#git(clone, 'push', '--quiet', 'origin', branch);
    return this.#git(clone, 'rev-parse', 'HEAD');
  }

  /** A file on a branch of a repository, or undefined. */
  read(name: 'orders' | 'orders-chart', path: string): string | undefined {
    try {
      return execFileSync(
        'git',
        ['-C', this.remote(name), 'show', `main:${path}`],
        { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
      );
    } catch {
      return undefined;
    }
  }

  /** Runs git in a bare repository. */
  ask(name: 'orders' | 'orders-chart', ...args: string[]): string {
    return this.#git(this.remote(name), ...args);
  }

  /** Checks a branch out and carries the Jenkinsfile out. */
  async build(options: BuildOptions): Promise<Built> {
    const { job, branch = 'main', commit, before } = options;
    const name = job === 'image' ? 'orders' : 'orders-chart';
    this.#numbers[job] += 1;
    const number = this.#numbers[job];
    const workspace = join(this.folder, 'workspaces', `${job}-${number}`);
    this.#git(this.folder, 'clone', '--quiet', this.remote(name), workspace);
    this.#git(
      workspace,
      'checkout',
      '--quiet',
      '--detach',
      commit ?? `origin/${branch}`,
    );
    const jenkins = {
      PATH: this.toolbox.path,
      HOME: workspace,
      TOOLBOX: this.toolbox.folder,
      IMAGE_REGISTRY: 'registry.test:5000',
      CHART_REPOSITORY_URL: this.vendors.url,
      SPINNAKER_URL: this.vendors.url,
      JOB_NAME: `orders/${job}`,
      BUILD_NUMBER: String(number),
      BUILD_URL: `http://jenkins.test/job/orders/job/${job}/${number}/`,
      GIT_URL: this.remote(name),
      GIT_BRANCH: `origin/${branch}`,
      GIT_COMMIT: this.#git(workspace, 'rev-parse', 'HEAD'),
    };
    const built: Built = { ok: true, ran: [], log: '', workspace };
    const jenkinsfile = readFileSync(join(workspace, 'Jenkinsfile'), 'utf8');
    const environment: Record<string, string> = {
      ...jenkins,
      ...environmentOf(jenkinsfile, jenkins),
      ...options.environment,
    };
    const run = async (script: string) => {
      const { ok, output } = await sh(script, { workspace, environment });
      built.log += output;
      return ok;
    };
    for (const { script, mainOnly } of scriptsOf(jenkinsfile)) {
      if (mainOnly && branch !== 'main') {
        continue;
      }
      if (before?.script === script) {
        await before.run();
      }
      built.ran.push(script);
      if (!(await run(script))) {
        built.ok = false;
        break;
      }
      if (script === options.until) {
        return built;
      }
    }
    if (branch === 'main') {
      await run('ci/report.sh');
      if (!built.ok && environment.NOTIFY_CHANNEL) {
        await run('ci/notify.sh');
      }
    }
    if (!built.ok) {
      return built;
    }
    const record = join(
      workspace,
      job === 'image' ? 'delivery-image.json' : 'delivery-release.json',
    );
    return existsSync(record)
      ? { ...built, record: readFileSync(record, 'utf8') }
      : built;
  }

  #publish(folder: string, name: 'orders' | 'orders-chart'): void {
    const source = join(this.folder, 'published', name);
    mkdirSync(source, { recursive: true });
    cpSync(join(this.folder, 'scaffold', folder), source, { recursive: true });
    this.#git(source, 'init', '--quiet', '--initial-branch=main');
    this.#git(source, 'add', '--all');
    this.#git(source, 'commit', '--quiet', '-m', 'Start');
    this.#git(
      this.folder,
      'clone',
      '--quiet',
      '--bare',
      source,
      this.remote(name),
    );
  }

  #git(cwd: string, ...args: string[]): string {
    return execFileSync(
      'git',
      [
        '-c',
        'user.name=Anna',
        '-c',
        'user.email=anna@northwind.example',
        ...args,
      ],
      { cwd, encoding: 'utf8' },
    ).trim();
  }
}

/** The scripts that a Jenkinsfile names, in order, and whether they are for main alone. */
export function scriptsOf(
  jenkinsfile: string,
): { stage: string; script: string; mainOnly: boolean }[] {
  return jenkinsfile
    .split(/^ {2}post \{/m)[0]
    .split(/^ {4}stage\(/m)
    .slice(1)
    .flatMap(stage => {
      const name = /^'([^']+)'/.exec(stage)?.[1] ?? '';
      const mainOnly = stage.includes("branch 'main'");
      return [...stage.matchAll(/sh 'sh ([^']+)'/g)].map(([, script]) => ({
        stage: name,
        script,
        mainOnly,
      }));
    });
}

/** The variables that a Jenkinsfile sets for all of its stages. */
function environmentOf(
  jenkinsfile: string,
  known: Record<string, string>,
): Record<string, string> {
  const [, block = ''] =
    /^ {2}environment \{$([^]*?)^ {2}\}$/m.exec(jenkinsfile) ?? [];
  return Object.fromEntries(
    [...block.matchAll(/^ {4}(\w+) = (['"])(.*)\2$/gm)].map(
      ([, name, , text]) => [
        name,
        text.replace(/\$\{(\w+)\}/g, (_, variable) => known[variable] ?? ''),
      ],
    ),
  );
}

async function sh(
  script: string,
  options: { workspace: string; environment: Record<string, string> },
): Promise<{ ok: boolean; output: string }> {
  return new Promise(resolve => {
    execFile(
      'sh',
      [script],
      { cwd: options.workspace, env: options.environment },
      (error, stdout, stderr) => {
        resolve({ ok: error === null, output: `${stdout}${stderr}` });
      },
    );
  });
}
