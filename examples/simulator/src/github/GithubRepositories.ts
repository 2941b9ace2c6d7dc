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
  repository: GithubRepository;
  branch: string;
  before?: string;
  after?: string;
  pusher: string;
}

/** A repository: its git objects and GitHub's own record of it. */
export interface GithubRepository {
  git: BareRepository;
  record: JsonFile<RepositoryRecord>;
}

const RECORD = 'github.json';
const NAME = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/;

/** All repositories of the simulated GitHub, kept in one folder as `<owner>/<name>.git`. */
export class GithubRepositories {
  /** The folder that holds the repositories. */
  readonly root: string;
  readonly #clock: SimulatorClock;
  readonly #repositories = new Map<string, GithubRepository>();
  readonly #queues = new Map<string, Promise<unknown>>();
  readonly #listeners: ((push: Push) => void)[] = [];

  private constructor(root: string, clock: SimulatorClock) {
    this.root = root;
    this.#clock = clock;
  }

  /** Finds the repositories that an earlier run left in the folder. */
  static open(options: {
    root: string;
    clock: SimulatorClock;
  }): GithubRepositories {
    const repositories = new GithubRepositories(options.root, options.clock);
    for (const owner of foldersIn(options.root)) {
      for (const folder of foldersIn(join(options.root, owner))) {
        repositories.#adopt(owner, folder.replace(/\.git$/, ''));
      }
    }
    return repositories;
  }

  /** Calls the listener for each branch that any push or commit moved. */
  onPush(listener: (push: Push) => void): void {
    this.#listeners.push(listener);
  }

  /** Every repository, by owner and name. */
  list(): GithubRepository[] {
    return [...this.#repositories.keys()]
      .sort()
      .flatMap(key => this.#repositories.get(key) ?? []);
  }

  /** The repository of that name, if there is one. */
  find(owner: string, name: string): GithubRepository | undefined {
    return this.#repositories.get(`${owner}/${name}`);
  }

  /**
   * The repository of that name.
   *
   * @throws NotFoundError naming it when there is none.
   */
  get(owner: string, name: string): GithubRepository {
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
  }): Promise<GithubRepository> {
    const { owner, name } = options;
    if (!NAME.test(owner) || !NAME.test(name)) {
      throw new InputError(`'${owner}/${name}' is not a repository name`);
    }
    if (this.find(owner, name)) {
      throw new ConflictError('name already exists on this account');
    }
    const ids = this.list().map(known => known.record.value.id);
    const directory = this.#directory(owner, name);
    await BareRepository.create({ directory, defaultBranch: 'main' });
    const repository = open(directory, {
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
    repository: GithubRepository;
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
    repository: GithubRepository;
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
    if (existsSync(join(directory, RECORD))) {
      const createdAt = this.#clock.now().toISOString();
      const record = emptyRecord({ id: 0, owner, name, createdAt });
      this.#repositories.set(`${owner}/${name}`, open(directory, record));
    }
  }

  #directory(owner: string, name: string): string {
    return join(this.root, owner, `${name}.git`);
  }
}

function open(directory: string, initial: RepositoryRecord): GithubRepository {
  return {
    git: new BareRepository(directory),
    record: JsonFile.open({
      file: join(directory, RECORD),
      schema: repositoryRecordSchema,
      initial,
    }),
  };
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

function foldersIn(directory: string): string[] {
  if (!existsSync(directory)) {
    return [];
  }
  return readdirSync(directory, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name);
}
