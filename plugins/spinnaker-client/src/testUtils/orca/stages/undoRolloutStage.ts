// SPDX-License-Identifier: Apache-2.0
import { isJsonMap } from '../../model/Json';
import {
  httpException,
  StageDefinition,
  succeeded,
  TaskOutcome,
  TaskRun,
} from '../StageDefinition';
import { katoContext, katoTask } from './katoTask';
import { parseManifestName } from './manifestName';
import { waitForStable } from './waitForStable';

const TASKS = 'com.netflix.spinnaker.orca.clouddriver.tasks';
const OPERATION = 'KubernetesUndoRolloutManifestOperation';

/** `undoRolloutManifest`: brings a Workload back to an earlier revision. */
export const undoRolloutStage: StageDefinition = {
  tasks: () => [
    {
      name: 'undoRolloutManifest',
      implementingClass: `${TASKS}.manifest.UndoRolloutManifestTask`,
      run: submit,
    },
    {
      name: 'monitorUndoRollout',
      implementingClass: `${TASKS}.MonitorKatoTask`,
      run: undo,
    },
    waitForStable,
  ],
};

async function submit({ stage, newUuid }: TaskRun): Promise<TaskOutcome> {
  const { account, location, manifestName, numRevisionsBack, revision } =
    stage.context;
  if (numRevisionsBack === undefined && revision === undefined) {
    return {
      kind: 'failed',
      exception: httpExceptionOfValidation(),
    };
  }
  const namespace = String(location ?? '');
  return succeeded({
    'kato.last.task.id': { id: newUuid() },
    'kato.result.expected': false,
    'manifest.account.name': account ?? '',
    'manifest.location': namespace,
    'manifest.name': manifestName ?? '',
    'outputs.manifestNamesByNamespace': { [namespace]: [manifestName ?? ''] },
  });
}

async function undo(task: TaskRun): Promise<TaskOutcome> {
  const { stage, backends, signal } = task;
  const { account, location, manifestName, numRevisionsBack, revision } =
    stage.context;
  const result = await backends.undoRollout({
    account: String(account ?? ''),
    namespace: String(location ?? ''),
    ...parseManifestName(String(manifestName ?? '')),
    revision: revision === undefined ? undefined : Number(revision),
    revisionsBack:
      numRevisionsBack === undefined ? undefined : Number(numRevisionsBack),
    signal,
  });
  const last = stage.context['kato.last.task.id'];
  const id = isJsonMap(last) ? String(last.id) : '';
  const failure = result.kind === 'refused' ? result.message : undefined;
  const context = katoContext({
    id,
    status: failure ? 'TERMINAL' : 'SUCCEEDED',
    tasks: [
      katoTask({
        id,
        phase: 'UNDO_ROLLOUT_KUBERNETES_MANIFEST',
        operation: OPERATION,
        steps: [
          `Starting undo rollout operation in account ${String(account)}...`,
          'Looking up rollout history...',
        ],
        failure,
      }),
    ],
  });
  return failure
    ? { kind: 'ended', status: 'TERMINAL', context }
    : succeeded({ ...context, 'deploy.server.groups': {} });
}

function httpExceptionOfValidation() {
  const exception = httpException({
    status: 400,
    error: 'Bad Request',
    url: 'http://clouddriver/kubernetes/ops',
    message: '',
    rootException:
      'com.netflix.spinnaker.clouddriver.deploy.DescriptionValidationException',
  });
  exception.details.errors = [
    'undoRolloutKubernetesManifest.undoRolloutKubernetesManifest.numRevisionsBack & revision.empty',
  ];
  return exception;
}
