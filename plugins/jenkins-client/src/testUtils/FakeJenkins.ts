// SPDX-License-Identifier: Apache-2.0
import { answerRequest } from './answerRequest';
import { RunFakeBuild } from './BuildContext';
import { itemUrl } from './FakeCall';
import { FakeController } from './FakeController';
import { FakeBuild, FakeJenkinsState } from './fakeJenkinsState';
import {
  ReadFakeHead,
  receiveCommitNotice,
  receivePush,
  tickTriggers,
} from './fakeTriggers';
import { ScriptedBuilds } from './ScriptedBuilds';

/**
 * What goes wrong with a fake controller.
 *
 * @public
 */
export type FakeJenkinsFault =
  | { kind: 'none' }
  /** Connections are cut. */
  | { kind: 'down' }
  /** Each answer takes this long. */
  | { kind: 'slow'; milliseconds: number }
  /** Each answer is this status. */
  | { kind: 'error'; status: number };

/**
 * How a {@link FakeJenkins} is made.
 *
 * @public
 */
export type FakeJenkinsOptions = {
  clock: { now(): Date };
  /** Executes builds; scripted successes when absent. */
  runBuild?: RunFakeBuild;
  /** The address the controller knows itself by, without a trailing slash. */
  url?: string;
  /** API tokens by user name. */
  users?: Record<string, string>;
  /** Whether pages may be read without signing in. */
  anonymousRead?: boolean;
  /** Builds at once; two when absent. */
  executors?: number;
  /** Asks a repository for its head; needed for polling. */
  readHead?: ReadFakeHead;
  /** Called after each change of the state. */
  onChange?(): void;
};

/** A fault that closes the connection without an answer; servers know it by its name. */
class ConnectionLostError extends Error {
  readonly name = 'ConnectionLostError';
}

/**
 * A Jenkins controller as one state machine without transport: it takes a `Request` and
 * gives a `Response`. Tests put it behind msw, the simulator behind HTTP.
 *
 * @public
 */
export class FakeJenkins {
  /** Scripts of coming builds, when no `runBuild` was given. */
  readonly scripts = new ScriptedBuilds();
  /** The address the controller knows itself by, without a trailing slash. */
  readonly url: string;
  /** The newest requests, as `METHOD path` without the query. */
  readonly requests: string[] = [];
  readonly #controller: FakeController;
  readonly #options: FakeJenkinsOptions;
  readonly #users: Record<string, string>;
  #fault: FakeJenkinsFault = { kind: 'none' };

  constructor(options: FakeJenkinsOptions) {
    this.#options = options;
    this.#users = options.users ?? { delivery: 'jenkins-token' };
    this.url = (options.url ?? 'http://jenkins.test').replace(/\/+$/, '');
    this.#controller = new FakeController({
      clock: options.clock,
      runBuild: options.runBuild ?? this.scripts.runBuild,
      executors: options.executors ?? 2,
      buildUrl: (job, number) => `${itemUrl(this.url, job)}${number}/`,
      changed: () => options.onChange?.(),
    });
  }

  /** Answers one request. Rejects with a `ConnectionLostError` while the fault is `down`. */
  async handle(request: Request): Promise<Response> {
    const fault = this.#fault;
    if (fault.kind === 'down') {
      throw new ConnectionLostError('The controller is down');
    }
    if (fault.kind === 'slow') {
      await delay(fault.milliseconds, request.signal);
    }
    if (fault.kind === 'error') {
      return new Response('Oops!', { status: fault.status });
    }
    const url = new URL(request.url);
    this.requests.push(`${request.method} ${url.pathname}`);
    if (this.requests.length > 10_000) {
      this.requests.splice(0, 5_000);
    }
    const response = await answerRequest(request, {
      controller: this.#controller,
      url: this.url,
      users: this.#users,
      anonymousRead: this.#options.anonymousRead ?? false,
      onPush: payload =>
        receivePush(this.#controller, this.#options.readHead, payload),
      onCommitNotice: async repository =>
        this.#options.readHead
          ? receiveCommitNotice(
              this.#controller,
              this.#options.readHead,
              repository,
            )
          : [],
    });
    response.headers.set('X-Jenkins', '2.541');
    return response;
  }

  /** Makes the controller misbehave until told otherwise. */
  setFault(fault: FakeJenkinsFault): void {
    this.#fault = fault;
  }

  /** The present fault. */
  get fault(): FakeJenkinsFault {
    return this.#fault;
  }

  /** Creates a folder or job from its `config.xml`, as a person would. */
  createItem(fullName: string, config: string): void {
    const at = fullName.lastIndexOf('/');
    this.#controller.createItem(
      fullName.slice(0, Math.max(0, at)),
      fullName.slice(at + 1),
      config,
    );
  }

  /** Full names of all folders and jobs. */
  itemNames(): string[] {
    return this.#controller.items().map(item => item.fullName);
  }

  /** A copy of the builds of a job, newest first. */
  builds(job: string): FakeBuild[] {
    return structuredClone(this.#controller.buildsOf(job));
  }

  /** Starts a build as a person would and returns the queue item's id. */
  build(job: string, options: { userId?: string } = {}): number {
    const userId = options.userId ?? 'admin';
    return this.#controller.enqueue(job, {
      cause: {
        kind: 'user',
        shortDescription: `Started by user ${userId}`,
        userId,
      },
    }).id;
  }

  /** Starts a build as the job's timer would. */
  buildByTimer(job: string): number {
    return this.#controller.enqueue(job, {
      cause: { kind: 'cron', shortDescription: 'Started by timer' },
    }).id;
  }

  /** Holds new builds back in the queue, or lets them go on. */
  quietDown(quiet: boolean): void {
    this.#controller.quietDown(quiet);
  }

  /** Fires the cron and poll triggers of the minutes since the last call. */
  async tick(): Promise<void> {
    await tickTriggers(
      this.#controller,
      this.#options.readHead ?? (() => undefined),
    );
  }

  /** Resolves when no build runs or waits to run. */
  async idle(): Promise<void> {
    await this.#controller.idle();
  }

  /** Aborts running builds without recording an end; an import runs them again. */
  async shutDown(): Promise<void> {
    await this.#controller.shutDown();
  }

  /** Everything this controller knows, as JSON. */
  exportState(): FakeJenkinsState {
    return this.#controller.exportState();
  }

  /**
   * Takes over an exported state.
   *
   * @throws an error of zod when it is none.
   */
  importState(state: unknown): void {
    this.#controller.importState(state);
  }
}

function delay(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
