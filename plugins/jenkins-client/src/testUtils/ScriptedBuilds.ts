// SPDX-License-Identifier: Apache-2.0
import { JenkinsBuildResult } from '../model';
import { FakeBuildContext, RunFakeBuild } from './BuildContext';

/**
 * What a scripted build does; everything is optional and a build without a script succeeds.
 *
 * @public
 */
export type ScriptedBuild = {
  result?: JenkinsBuildResult;
  commit?: string;
  branch?: string;
  stages?: string[];
  console?: string;
  /** File contents by path; other values than text are written as JSON. */
  artifacts?: Record<string, unknown>;
  tests?: { passed: number; failed: number; skipped: number };
  /** The build keeps running until this resolves, or until it is stopped. */
  until?: Promise<void>;
};

/**
 * Builds whose course a test has written down, one script after another per job.
 *
 * @public
 */
export class ScriptedBuilds {
  readonly #scripts = new Map<string, ScriptedBuild[]>();

  /** Adds a script for the next build of a job that has none yet. */
  add(job: string, script: ScriptedBuild): void {
    this.#scripts.set(job, [...(this.#scripts.get(job) ?? []), script]);
  }

  /** Pass as `runBuild`. */
  readonly runBuild: RunFakeBuild = async context => {
    const script = this.#scripts.get(context.job)?.shift() ?? {};
    const { git } = context;
    if (script.commit) {
      context.checkedOut({
        commit: script.commit,
        branch: script.branch ?? `origin/${git?.branch ?? 'main'}`,
        url: git?.url ?? '',
      });
    }
    const result = script.result ?? 'SUCCESS';
    const names = script.stages ?? ['Build'];
    for (const [index, name] of names.entries()) {
      const stage = context.startStage(name);
      if (index === names.length - 1) {
        await finish(context, script);
        stage.end(result === 'FAILURE' ? 'failure' : 'success');
      } else {
        stage.end('success');
      }
    }
    return result;
  };
}

async function finish(
  context: FakeBuildContext,
  script: ScriptedBuild,
): Promise<void> {
  if (script.until) {
    await Promise.race([script.until, aborted(context.signal)]);
    context.signal.throwIfAborted();
  }
  context.log(script.console ?? 'Finished\n');
  for (const [path, content] of Object.entries(script.artifacts ?? {})) {
    context.archive(
      path,
      typeof content === 'string' ? content : JSON.stringify(content),
    );
  }
  if (script.tests) {
    context.addTests(script.tests);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) {
      resolve();
    }
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
