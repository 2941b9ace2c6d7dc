// SPDX-License-Identifier: Apache-2.0
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { JenkinsBuildResult } from '../model';
import { createBuildContext, RunFakeBuild } from './BuildContext';
import {
  FakeBuild,
  FakeCause,
  FakeItem,
  FakeJenkinsState,
  fakeJenkinsStateSchema,
  FakeQueueItem,
} from './fakeJenkinsState';
import { FakeItemConfig, readItemConfig } from './readItemConfig';

/** Jenkins forgets a queue item this long after it left the queue. */
const QUEUE_MEMORY_MS = 5 * 60_000;

/** How a {@link FakeController} runs. */
export type FakeControllerOptions = {
  clock: { now(): Date };
  runBuild: RunFakeBuild;
  /** Builds at once on the whole controller. */
  executors: number;
  /** The page of a build. */
  buildUrl(job: string, number: number): string;
  changed(): void;
};

/**
 * The items, queue and builds of one fake controller, without any HTTP.
 *
 * @remarks
 * Builds of one job run one after another; a request that finds one with the same
 * parameters waiting is merged into it.
 */
export class FakeController {
  readonly #options: FakeControllerOptions;
  readonly #items = new Map<string, FakeItem>();
  readonly #configs = new Map<string, FakeItemConfig>();
  readonly #running = new Map<FakeBuild, AbortController>();
  readonly #settling = new Map<FakeBuild, Promise<void>>();
  #builds: FakeBuild[] = [];
  #queue: FakeQueueItem[] = [];
  #nextQueueId = 1;
  #quiet = false;
  lastTick: number;

  constructor(options: FakeControllerOptions) {
    this.#options = options;
    this.lastTick = options.clock.now().getTime();
  }

  now(): number {
    return this.#options.clock.now().getTime();
  }

  items(): FakeItem[] {
    return [...this.#items.values()];
  }

  findItem(fullName: string): FakeItem | undefined {
    return this.#items.get(fullName);
  }

  configOf(fullName: string): FakeItemConfig | undefined {
    return this.#configs.get(fullName);
  }

  /** Direct children of a folder; of the controller itself for an empty name. */
  children(folder: string): FakeItem[] {
    return this.items().filter(
      ({ fullName }) =>
        fullName.slice(0, Math.max(0, fullName.lastIndexOf('/'))) === folder,
    );
  }

  /** Builds of a job, newest first. */
  buildsOf(job: string): FakeBuild[] {
    return this.#builds
      .filter(build => build.job === job)
      .sort((a, b) => b.number - a.number);
  }

  findQueueItem(id: number): FakeQueueItem | undefined {
    this.#forgetQueueItems();
    return this.#queue.find(item => item.id === id);
  }

  waiting(): FakeQueueItem[] {
    return this.#queue.filter(item => item.state === 'waiting');
  }

  createItem(folder: string, name: string, config: string): void {
    if (!/^[^/\\?*%!@#$^&|<>[\]:;]+$/.test(name) || /^\.{1,2}$/.test(name)) {
      throw new InputError(`'${name}' is not a usable name`);
    }
    if (folder && this.configOf(folder)?.kind !== 'folder') {
      throw new NotFoundError(`No folder '${folder}'`);
    }
    const fullName = folder ? `${folder}/${name}` : name;
    if (this.#items.has(fullName)) {
      throw new InputError(`A job already exists with the name '${name}'`);
    }
    this.#configs.set(fullName, readItemConfig(config));
    this.#items.set(fullName, { fullName, config, nextBuildNumber: 1 });
    this.#options.changed();
  }

  updateConfig(fullName: string, config: string): void {
    const item = this.#items.get(fullName);
    if (!item) {
      throw new NotFoundError(`No item '${fullName}'`);
    }
    this.#configs.set(fullName, readItemConfig(config));
    item.config = config;
    this.#options.changed();
  }

  deleteItem(fullName: string): void {
    for (const name of [...this.#items.keys()]) {
      if (name === fullName || name.startsWith(`${fullName}/`)) {
        this.#items.delete(name);
        this.#configs.delete(name);
        this.#builds = this.#builds.filter(build => build.job !== name);
      }
    }
    this.#options.changed();
  }

  /**
   * Puts a request to build into the queue, or into a waiting one like it.
   *
   * @throws ConflictError when the job is disabled, NotFoundError when it is no job.
   */
  enqueue(
    job: string,
    request: {
      cause: FakeCause;
      parameters?: Record<string, string>;
      expectedCommit?: string;
    },
  ): { id: number; merged: boolean } {
    const config = this.configOf(job);
    if (config?.kind !== 'job') {
      throw new NotFoundError(`No job '${job}'`);
    }
    if (config.disabled) {
      throw new ConflictError(`${job} is not buildable`);
    }
    const parameters = { ...config.parameters };
    for (const name of Object.keys(parameters)) {
      parameters[name] = request.parameters?.[name] ?? parameters[name];
    }
    const same = this.waiting().find(
      item =>
        item.job === job &&
        JSON.stringify(item.parameters) === JSON.stringify(parameters),
    );
    if (same) {
      same.causes.push(request.cause);
      same.expectedCommit = request.expectedCommit ?? same.expectedCommit;
      return { id: same.id, merged: true };
    }
    const item: FakeQueueItem = {
      id: this.#nextQueueId++,
      job,
      parameters,
      causes: [request.cause],
      ...(request.expectedCommit && { expectedCommit: request.expectedCommit }),
      state: 'waiting',
      since: this.now(),
    };
    this.#queue.push(item);
    this.#options.changed();
    this.pump();
    return { id: item.id, merged: false };
  }

  /** The newest commit that a job has built, is building, or is about to build. */
  newestCommit(job: string): string | undefined {
    const queued = this.waiting()
      .filter(item => item.job === job)
      .flatMap(item => item.expectedCommit ?? []);
    if (queued.length > 0) {
      return queued[queued.length - 1];
    }
    for (const build of this.buildsOf(job)) {
      const expected = this.#queue.find(
        item => item.job === job && item.build === build.number,
      )?.expectedCommit;
      const commit = build.revision?.commit ?? expected;
      if (commit) {
        return commit;
      }
    }
    return undefined;
  }

  cancelQueueItem(id: number): boolean {
    const item = this.findQueueItem(id);
    if (item?.state !== 'waiting') {
      return false;
    }
    item.state = 'cancelled';
    item.leftAt = this.now();
    this.#options.changed();
    return true;
  }

  stopBuild(build: FakeBuild): void {
    this.#running.get(build)?.abort(new Error('Aborted by a person'));
  }

  /** Lets waiting requests stay in the queue, or lets them go on. */
  quietDown(quiet: boolean): void {
    this.#quiet = quiet;
    this.pump();
  }

  /** Starts what can start. */
  pump(): void {
    this.#forgetQueueItems();
    for (const item of this.waiting()) {
      if (this.#quiet || this.#running.size >= this.#options.executors) {
        return;
      }
      const busy = [...this.#running.keys()].some(one => one.job === item.job);
      const owner = this.#items.get(item.job);
      if (!owner) {
        item.state = 'cancelled';
        item.leftAt = this.now();
      } else if (!busy) {
        const build: FakeBuild = {
          job: item.job,
          number: owner.nextBuildNumber++,
          queueId: item.id,
          startedAt: this.now(),
          parameters: item.parameters,
          causes: item.causes,
          stages: [],
          console: item.causes
            .map(cause => `${cause.shortDescription}\n`)
            .join(''),
          artifacts: [],
        };
        item.state = 'left';
        item.leftAt = this.now();
        item.build = build.number;
        this.#builds.push(build);
        this.#start(build);
      }
    }
  }

  /** Resolves when nothing runs and nothing that could start waits. */
  async idle(): Promise<void> {
    while (this.#settling.size > 0) {
      await Promise.all(this.#settling.values());
    }
  }

  /** Aborts what runs, without recording an end, so that an import can run it again. */
  async shutDown(): Promise<void> {
    this.#quiet = true;
    const running = [...this.#running];
    this.#running.clear();
    for (const [, control] of running) {
      control.abort(new Error('The controller is going down'));
    }
    await this.idle();
  }

  exportState(): FakeJenkinsState {
    return structuredClone({
      version: 1 as const,
      items: this.items(),
      builds: this.#builds,
      queue: this.#queue,
      nextQueueId: this.#nextQueueId,
      lastTick: this.lastTick,
    });
  }

  /** Takes over a state; a build that was running is run again under its number. */
  importState(json: unknown): void {
    const state = fakeJenkinsStateSchema.parse(json);
    this.#items.clear();
    this.#configs.clear();
    for (const item of state.items) {
      this.#items.set(item.fullName, item);
      this.#configs.set(item.fullName, readItemConfig(item.config));
    }
    this.#builds = state.builds;
    this.#queue = state.queue;
    this.#nextQueueId = state.nextQueueId;
    this.lastTick = state.lastTick;
    for (const build of this.#builds.filter(one => !one.result)) {
      build.stages = [];
      build.artifacts = [];
      build.tests = undefined;
      build.console += 'Resuming the build after a restart of the controller\n';
      this.#start(build);
    }
    this.pump();
  }

  #start(build: FakeBuild): void {
    const control = new AbortController();
    this.#running.set(build, control);
    const settled = this.#run(build, control).finally(() => {
      this.#settling.delete(build);
    });
    this.#settling.set(build, settled);
    this.#options.changed();
  }

  async #run(build: FakeBuild, control: AbortController): Promise<void> {
    const { job, number } = build;
    const config = this.configOf(job);
    const context = createBuildContext({
      build,
      previous: this.buildsOf(job).filter(one => one.number < number),
      git: config?.kind === 'job' ? config.git : undefined,
      url: this.#options.buildUrl(job, number),
      now: () => this.now(),
      signal: control.signal,
      changed: () => this.#options.changed(),
    });
    let result: JenkinsBuildResult;
    try {
      result = await this.#options.runBuild(context);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      context.log(`ERROR: ${message}\n`);
      result = 'FAILURE';
    }
    if (!this.#running.delete(build)) {
      return; // the controller went down meanwhile
    }
    build.result = control.signal.aborted ? 'ABORTED' : result;
    build.durationMs = Math.max(0, this.now() - build.startedAt);
    for (const stage of build.stages.filter(one => one.state === 'running')) {
      stage.state = control.signal.aborted ? 'aborted' : 'failure';
      stage.durationMs = Math.max(0, this.now() - stage.startedAt);
    }
    context.log(`Finished: ${build.result}\n`);
    this.#discardOldBuilds(job);
    this.#options.changed();
    this.pump();
  }

  #discardOldBuilds(job: string): void {
    const config = this.configOf(job);
    const keep = config?.kind === 'job' ? config.keepBuilds : 0;
    const old = new Set(this.buildsOf(job).slice(keep));
    this.#builds = this.#builds.filter(build => !old.has(build));
  }

  #forgetQueueItems(): void {
    const horizon = this.now() - QUEUE_MEMORY_MS;
    this.#queue = this.#queue.filter(
      item => item.leftAt === undefined || item.leftAt > horizon,
    );
  }
}
