// SPDX-License-Identifier: Apache-2.0
import { isJsonMap, Json, JsonMap } from '../../model/Json';
import { TaskDefinition, TaskOutcome, TaskRun } from '../StageDefinition';
import { parseManifestName } from './manifestName';
import { manifestStability } from './manifestStability';

/** Waits until everything in `outputs.manifestNamesByNamespace` is rolled out. */
export const waitForStable: TaskDefinition = {
  name: 'waitForManifestToStabilize',
  implementingClass:
    'com.netflix.spinnaker.orca.clouddriver.tasks.manifest.WaitForManifestStableTask',
  timeoutMs: timing => timing.stabilizeFor,
  run,
};

async function run(task: TaskRun): Promise<TaskOutcome> {
  const { stage, timing } = task;
  const account = String(stage.context.account ?? '');
  const stable = list(stage.context.stableManifests);
  const failed = list(stage.context.failedManifests);
  const messages = list(stage.context.messages);
  const errors: string[] = [];
  let waiting = false;

  for (const { location, name } of targets(stage.context)) {
    const entry = { location, manifestName: name };
    const same = (other: Json) =>
      JSON.stringify(other) === JSON.stringify(entry);
    if (stable.some(same) || failed.some(same)) {
      continue;
    }
    const found = await task.backends.readManifest({
      account,
      namespace: location,
      ...parseManifestName(name),
      signal: task.signal,
    });
    const stability = found ? manifestStability(found) : { kind: 'waiting' };
    const prefix = `'${name}' in '${location}' for account ${account}:`;
    if (stability.kind === 'stable') {
      stable.push(entry);
    } else if ('reason' in stability) {
      failed.push(entry);
      errors.push(`${prefix} ${stability.reason}`);
      messages.push(`${prefix} ${stability.reason}`);
    } else {
      waiting = true;
      messages.push(`${prefix} waiting for manifest to stabilize`);
    }
  }

  const context: JsonMap = {
    stableManifests: stable,
    failedManifests: failed,
    messages,
  };
  if (failed.length > 0) {
    // A stage that is restarted fails again for what failed before, without a word.
    return {
      kind: 'ended',
      status: 'TERMINAL',
      context:
        errors.length > 0
          ? { ...context, exception: { details: { errors } } }
          : context,
    };
  }
  return waiting
    ? { kind: 'running', after: timing.stabilizePoll, context }
    : { kind: 'ended', status: 'SUCCEEDED', context };
}

function targets(context: JsonMap): { location: string; name: string }[] {
  const byNamespace = context['outputs.manifestNamesByNamespace'];
  return isJsonMap(byNamespace)
    ? Object.entries(byNamespace).flatMap(([location, names]) =>
        list(names).map(name => ({ location, name: String(name) })),
      )
    : [];
}

function list(value: Json | undefined): Json[] {
  return Array.isArray(value) ? [...value] : [];
}
