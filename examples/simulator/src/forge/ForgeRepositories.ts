// SPDX-License-Identifier: Apache-2.0
import { existsSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type { SimulatorClock } from '../clock';
import { BareRepository } from '../git/BareRepository';
import { JsonFile } from '../storage/JsonFile';
import { RepositoryRecord, repositoryRecordSchema } from './repositoryRecord';

/** A branch that moved; a branch that came or went has no commit before or after. */
export interface Push {
  repository: ForgeRepository;
  branch: string;
  before?: string;
  after?: string;
  pusher: string;
}

/** A repository: its git objects and the host's own record of it. */
export interface ForgeRepository {
  /** Where it is one of many. */
  forge: ForgeRepositories;
  git: BareRepository;
  record: JsonFile<RepositoryRecord>;
}

const NAME = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/;

/** Options of {@link ForgeRepositories.open}. */
export interface ForgeRepositoriesOptions {
  root: string;
  clock: SimulatorClock;
  /** The name of the file beside a repository's objects that holds its record. */
  recordFile: string;
}

/** All repositories of a simulated host, kept in one folder as `<owner>/<name>.git`. */
export class ForgeRepositories {
  /** The folder that holds the repositories. */
  readonly root: string;
  readonly #clock: SimulatorClock;
  readonly #recordFile: string;
  readonly #repositories = new Map<string, ForgeRepository>();
  readonly #queues = new Map<string, Promise<unknown>>();
  readonly #listeners: ((push: Push) => void)[] = [];

  private constructor(options: ForgeRepositoriesOptions) {
    this.root = options.root;
    this.#clock = options.clock;
    this.#recordFile = options.recordFile;
  }

  /** Finds the repositories that an earlier run left in the folder. */
  static open(options: ForgeRepositoriesOptions): ForgeRepositories {
    const repositories = new ForgeRepositories(options);
    for (const [owner, name] of repositoriesBelow(options.root)) {
      repositories.#adopt(owner, name);
    }
    return repositories;
  }

  /** Calls the listener for each branch that any push or commit moved. */
  onPush(listener: (push: Push) => void): void {
    this.#listeners.push(listener);
  }

  /** Every repository, by owner and name. */
  list(): ForgeRepository[] {
    return [...this.#repositories.keys()]
      .sort()
      .flatMap(key => this.#repositories.get(key) ?? []);
  }

  /** The repository of that name, if there is one. */
  find(owner: string, name: string): ForgeRepository | undefined {
    return this.#repositories.get(`${owner}/${name}`);
  }

  /**
   * The repository of that name.
   *
   * @throws NotFoundError naming it when there is none.
   */
  get(owner: string, name: string): ForgeRepository {
    const repository = this.find(owner, name);
    if (!repository) {
      throw new NotFoundError(`There is no repository ${owner}/${name}`);
    }
    return repository;
  }

  /**
   * Makes an empty repository.
   *
   * @throws ConflictError when the name is taken, InputError when it is no name.
   */
  async create(options: {
    owner: string;
    name: string;
    description?: string;
    homepage?: string;
    private: boolean;
  }): Promise<ForgeRepository> {
    const { owner, name } = options;
    if (![...owner.split('/'), name].every(part => NAME.test(part))) {
      throw new InputError(`'${owner}/${name}' is not a repository name`);
    }
    if (this.find(owner, name)) {
      throw new ConflictError('name already exists on this account');
    }
    const ids = this.list().map(known => known.record.value.id);
    const directory = this.#directory(owner, name);
    await BareRepository.create({ directory, defaultBranch: 'main' });
    const repository = this.#open(directory, {
      ...emptyRecord({
        id: Math.max(1000, ...ids) + 1,
        owner,
        name,
        createdAt: this.#clock.now().toISOString(),
      }),
      description: options.description,
      homepage: options.homepage,
      private: options.private,
    });
    repository.record.write(repository.record.value);
    this.#repositories.set(`${owner}/${name}`, repository);
    return repository;
  }

  /** Removes a repository with all it holds. */
  async remove(owner: string, name: string): Promise<void> {
    this.get(owner, name);
    this.#repositories.delete(`${owner}/${name}`);
    await rm(this.#directory(owner, name), { recursive: true, force: true });
  }

  /**
   * Runs a change of a repository's branches, one at a time per repository, and tells the
   * listeners which branches moved.
   */
  async change<T>(options: {
    repository: ForgeRepository;
    pusher: string;
    run: () => Promise<T>;
  }): Promise<T> {
    const { repository, pusher, run } = options;
    const key = repository.git.directory;
    const before = this.#queues.get(key) ?? Promise.resolve();
    const turn = before.then(async () => {
      const old = await repository.git.branches();
      const result = await run();
      await this.#announce({ repository, pusher, old });
      return result;
    });
    this.#queues.set(
      key,
      turn.catch(() => {}),
    );
    return turn;
  }

  async #announce(options: {
    repository: ForgeRepository;
    pusher: string;
    old: Map<string, string>;
  }): Promise<void> {
    const { repository, pusher, old } = options;
    const now = await repository.git.branches();
    const moved = [...new Set([...old.keys(), ...now.keys()])].filter(
      branch => old.get(branch) !== now.get(branch),
    );
    if (moved.length === 0) {
      return;
    }
    const pushedAt = this.#clock.now().toISOString();
    repository.record.write({ ...repository.record.value, pushedAt });
    for (const branch of moved) {
      const push = {
        repository,
        branch,
        before: old.get(branch),
        after: now.get(branch),
        pusher,
      };
      this.#listeners.forEach(listener => listener(push));
    }
  }

  #adopt(owner: string, name: string): void {
    const directory = this.#directory(owner, name);
    // A folder without a record was being created when an earlier run ended.
    if (existsSync(join(directory, this.#recordFile))) {
      const createdAt = this.#clock.now().toISOString();
      const record = emptyRecord({ id: 0, owner, name, createdAt });
      this.#repositories.set(`${owner}/${name}`, this.#open(directory, record));
    }
  }

  #open(directory: string, initial: RepositoryRecord): ForgeRepository {
    return {
      forge: this,
      git: new BareRepository(directory),
      record: JsonFile.open({
        file: join(directory, this.#recordFile),
        schema: repositoryRecordSchema,
        initial,
      }),
    };
  }

  #directory(owner: string, name: string): string {
    return join(this.root, owner, `${name}.git`);
  }
}

function emptyRecord(
  known: Pick<RepositoryRecord, 'id' | 'owner' | 'name' | 'createdAt'>,
): RepositoryRecord {
  return {
    ...known,
    private: true,
    defaultBranch: 'main',
    topics: [],
    statuses: {},
    hooks: [],
    pulls: [],
  };
}

/** Owner and name of each repository; an owner may have owners below it. */
function repositoriesBelow(root: string, owner = ''): [string, string][] {
  return foldersIn(join(root, owner)).flatMap(folder =>
    folder.endsWith('.git')
      ? [[owner, folder.replace(/\.git$/, '')]]
      : repositoriesBelow(root, owner ? `${owner}/${folder}` : folder),
  );
}

function foldersIn(directory: string): string[] {
  if (!existsSync(directory)) {
    return [];
  }
  return readdirSync(directory, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name);
}
