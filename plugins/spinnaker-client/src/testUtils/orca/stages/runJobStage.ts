// SPDX-License-Identifier: Apache-2.0
import { isJsonMap, JsonMap } from '../../model/Json';
import {
  orcaException,
  StageDefinition,
  succeeded,
  TaskOutcome,
  TaskRun,
} from '../StageDefinition';
import { promoteOutputs } from './deployManifestStage';
import { katoContext, katoTask } from './katoTask';
import { manifestName, objectName } from './manifestName';
import { namesByNamespace, prepareManifests } from './spinnakerManifests';

const TASKS = 'com.netflix.spinnaker.orca.clouddriver.tasks';
const NO_DETAILS = { exitCode: '', message: '', reason: '', signal: '' };

/** `runJobManifest`: applies a Job and waits until it has ended. */
export const runJobStage: StageDefinition = {
  tasks: () => [
    {
      name: 'runJob',
      implementingClass: `${TASKS}.job.RunJobTask`,
      run: async ({ stage, newUuid }) =>
        succeeded({
          'deploy.account.name': stage.context.account ?? '',
          'kato.last.task.id': { id: newUuid() },
          'kato.result.expected': false,
          'notification.type': 'runjob',
        }),
    },
    {
      name: 'monitorDeploy',
      implementingClass: `${TASKS}.job.MonitorJobTask`,
      run: apply,
    },
    promoteOutputs,
    {
      name: 'waitOnJobCompletion',
      implementingClass: `${TASKS}.job.WaitOnJobCompletion`,
      timeoutMs: timing => timing.stabilizeFor,
      run: waitForJob,
    },
  ],
};

async function apply(task: TaskRun): Promise<TaskOutcome> {
  const { stage, execution, state, backends, signal } = task;
  const account = String(stage.context.account ?? '');
  const manifest = isJsonMap(stage.context.manifest)
    ? stage.context.manifest
    : {};
  const namespace = namespaceOf(manifest);
  const [prepared] = prepareManifests({
    manifests: [manifest],
    account,
    namespace,
    application: execution.application,
    state,
  });
  // A Job that ran before under this name is replaced: nothing of it can be changed.
  await backends.deleteManifests({
    account,
    namespace,
    kinds: ['Job'],
    name: objectName(manifest),
    signal,
  });
  const result = await backends.applyManifest({
    account,
    namespace,
    manifest: prepared.manifest,
    signal,
  });
  const last = stage.context['kato.last.task.id'];
  const id = isJsonMap(last) ? String(last.id) : '';
  const failure =
    result.kind === 'refused'
      ? `Deploy failed for manifest: ${manifestName(manifest)}. Error: ${
          result.message
        }\n`
      : undefined;
  const names = namesByNamespace([prepared.manifest], namespace);
  const produced: JsonMap = {
    boundArtifacts: [],
    createdArtifacts: [prepared.artifact],
    manifestNamesByNamespace: names,
    manifests: result.kind === 'applied' ? [result.manifest] : [],
  };
  const context = katoContext({
    id,
    status: failure ? 'TERMINAL' : 'SUCCEEDED',
    tasks: [
      katoTask({
        id,
        phase: 'RUN_KUBERNETES_JOB',
        operation: 'KubernetesRunJobOperation',
        steps: ['Running Kubernetes job...'],
        resultObjects: failure ? [] : [produced],
        failure,
      }),
    ],
  });
  return failure
    ? { kind: 'ended', status: 'TERMINAL', context }
    : succeeded({
        ...context,
        artifacts: [prepared.artifact],
        'deploy.jobs': names,
        'deploy.server.groups': {},
        'outputs.boundArtifacts': [],
        'outputs.createdArtifacts': [prepared.artifact],
        'outputs.manifestNamesByNamespace': names,
        'outputs.manifests': produced.manifests,
      });
}

async function waitForJob(task: TaskRun): Promise<TaskOutcome> {
  const { stage, backends, timing, signal } = task;
  const account = String(stage.context.account ?? '');
  const manifest = isJsonMap(stage.context.manifest)
    ? stage.context.manifest
    : {};
  const namespace = namespaceOf(manifest);
  const name = objectName(manifest);
  const job = await backends.readManifest({
    account,
    namespace,
    kind: 'Job',
    name,
    signal,
  });
  const status = isJsonMap(job?.status) ? job.status : {};
  const conditions = Array.isArray(status.conditions)
    ? status.conditions.filter(isJsonMap)
    : [];
  const condition = (type: string) =>
    conditions.find(one => one.type === type && one.status === 'True');
  const failed = condition('Failed');
  const unfailed = condition('Complete') ? 'Succeeded' : 'Running';
  const jobState = failed ? 'Failed' : unfailed;
  const completionDetails = failed
    ? {
        ...NO_DETAILS,
        message: String(failed.message ?? ''),
        reason: String(failed.reason ?? ''),
      }
    : NO_DETAILS;
  const context: JsonMap = {
    completionDetails,
    jobStatus: {
      account,
      completionDetails,
      jobState,
      location: namespace,
      name,
    },
  };
  if (jobState === 'Running') {
    return {
      kind: 'running',
      after: timing.stabilizePoll,
      context,
      outputs: context,
    };
  }
  return failed
    ? {
        kind: 'failed',
        context,
        exception: orcaException(
          'JobFailedException',
          `Job: '${name}' failed. Reason: ${completionDetails.reason}. Details: ${completionDetails.message}.`,
        ),
      }
    : succeeded(context, context);
}

function namespaceOf(manifest: JsonMap): string {
  // `namespaceOverride` has no effect on this stage, as measured.
  return isJsonMap(manifest.metadata)
    ? String(manifest.metadata.namespace ?? 'default')
    : 'default';
}
