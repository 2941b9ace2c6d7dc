// SPDX-License-Identifier: Apache-2.0
import { JenkinsBuildResult } from '../model';
import { FakeBuild, FakeCause, FakeStageState } from './fakeJenkinsState';
import { FakeGit } from './readItemConfig';

/**
 * What a running build sees of its controller, and how it reports back.
 *
 * @public
 */
export interface FakeBuildContext {
  /** The full name of the job. */
  readonly job: string;
  /** The build's number in its job. */
  readonly number: number;
  /** The queue item it came from. */
  readonly queueId: number;
  /** The page of the build. */
  readonly url: string;
  /** Where the Jenkinsfile lies; absent for a job without a repository. */
  readonly git?: FakeGit;
  /** Values of the job's parameters. */
  readonly parameters: Record<string, string>;
  /** Why it was started. */
  readonly causes: FakeCause[];
  /** The commit of the last build that succeeded. */
  readonly previousSuccessfulCommit?: string;
  /** The commit of the last build before this one. */
  readonly previousCommit?: string;
  /** Aborts when a person stops the build or the controller goes down. */
  readonly signal: AbortSignal;
  /** Appends to the console output. */
  log(text: string): void;
  /** Opens a stage; the last one opened is the running one. */
  startStage(name: string): {
    end(state: Exclude<FakeStageState, 'running'>): void;
  };
  /** Says what was checked out; `branch` as Git names it, such as `origin/main`. */
  checkedOut(revision: { commit: string; branch: string; url: string }): void;
  /** Archives a file. */
  archive(path: string, content: Buffer | string): void;
  /** Publishes test results; several calls add up. */
  addTests(counts: { passed: number; failed: number; skipped: number }): void;
}

/**
 * Executes a build and returns how it ended; a rejection counts as `FAILURE`.
 *
 * @public
 */
export type RunFakeBuild = (
  context: FakeBuildContext,
) => Promise<JenkinsBuildResult>;

const MAX_CONSOLE = 1_000_000;

/** Makes the context of one build, writing into its record. */
export function createBuildContext(options: {
  build: FakeBuild;
  previous: FakeBuild[];
  git: FakeGit | undefined;
  url: string;
  now: () => number;
  signal: AbortSignal;
  changed: () => void;
}): FakeBuildContext {
  const { build, previous, git, url, now, signal, changed } = options;
  const built = previous.filter(one => one.revision);
  const succeeded = built.filter(one => one.result === 'SUCCESS');
  const previousCommit = built[0]?.revision?.commit;
  const previousSuccessfulCommit = succeeded[0]?.revision?.commit;
  return {
    job: build.job,
    number: build.number,
    queueId: build.queueId,
    url,
    ...(git ? { git } : {}),
    parameters: { ...build.parameters },
    causes: [...build.causes],
    ...(previousCommit ? { previousCommit } : {}),
    ...(previousSuccessfulCommit ? { previousSuccessfulCommit } : {}),
    signal,
    log(text) {
      if (build.console.length < MAX_CONSOLE) {
        build.console += text.slice(0, MAX_CONSOLE);
        changed();
      }
    },
    startStage(name) {
      const stage: FakeBuild['stages'][number] = {
        // Jenkins numbers all nodes of its flow graph, so ids have gaps.
        id: String(6 + build.stages.length * 7),
        name,
        state: 'running',
        startedAt: now(),
      };
      build.stages.push(stage);
      changed();
      return {
        end(state) {
          stage.state = state;
          stage.durationMs = Math.max(0, now() - stage.startedAt);
          changed();
        },
      };
    },
    checkedOut(revision) {
      build.revision = { ...revision };
      changed();
    },
    archive(path, content) {
      const base64 = Buffer.from(content).toString('base64');
      build.artifacts = [
        ...build.artifacts.filter(artifact => artifact.path !== path),
        { path, base64 },
      ];
      changed();
    },
    addTests({ passed, failed, skipped }) {
      const before = build.tests ?? { passed: 0, failed: 0, skipped: 0 };
      build.tests = {
        passed: before.passed + passed,
        failed: before.failed + failed,
        skipped: before.skipped + skipped,
      };
      changed();
    },
  };
}
