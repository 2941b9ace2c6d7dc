// SPDX-License-Identifier: Apache-2.0
import { FakeStage } from '../../model/GateState';
import { isJsonMap, JsonMap } from '../../model/Json';
import {
  httpException,
  StageDefinition,
  succeeded,
  TaskDefinition,
  TaskOutcome,
  TaskRun,
} from '../StageDefinition';
import { katoContext, katoTask } from './katoTask';
import { manifestName } from './manifestName';
import { mapsOf } from './mapsOf';
import { resolveDeploySource } from './resolveDeploySource';
import {
  imagesOf,
  namesByNamespace,
  PreparedManifest,
  prepareManifests,
} from './spinnakerManifests';
import { waitForStable } from './waitForStable';

const TASKS = 'com.netflix.spinnaker.orca.clouddriver.tasks';
const OPERATION = 'KubernetesDeployManifestOperation';

/** Copies what the operation produced into the outputs of the stage. */
export const promoteOutputs: TaskDefinition = {
  name: 'promoteOutputs',
  implementingClass: `${TASKS}.manifest.PromoteManifestKatoOutputsTask`,
  run: async ({ stage }) => {
    const outputs: JsonMap = {};
    for (const key of [
      'outputs.manifests',
      'outputs.manifestNamesByNamespace',
      'outputs.createdArtifacts',
      'outputs.boundArtifacts',
      'artifacts',
    ]) {
      if (stage.context[key] !== undefined) {
        outputs[key] = stage.context[key];
      }
    }
    return succeeded(undefined, outputs);
  },
};

/** `deployManifest`: applies manifests and waits for the rollout. */
export const deployManifestStage: StageDefinition = {
  literalKeys: ({ execution, stage }) =>
    // Without the v4 evaluator the setting has no effect, as measured.
    execution.spelEvaluator === 'v4' &&
    stage.context.skipExpressionEvaluation === true
      ? ['manifests', 'manifest', 'outputs.manifests']
      : [],
  tasks: () => [
    {
      name: 'resolveDeploySourceManifest',
      implementingClass: `${TASKS}.manifest.ResolveDeploySourceManifestTask`,
      run: resolveDeploySource,
    },
    {
      name: 'deployManifest',
      implementingClass: `${TASKS}.manifest.DeployManifestTask`,
      run: submit,
    },
    {
      name: 'monitorDeploy',
      implementingClass: `${TASKS}.manifest.MonitorDeployManifestTask`,
      run: apply,
    },
    promoteOutputs,
    waitForStable,
    {
      name: 'cleanupArtifacts',
      implementingClass: `${TASKS}.artifacts.CleanupArtifactsTask`,
      run: async ({ newUuid }) =>
        succeeded({
          'kato.last.task.id': { id: newUuid() },
          'kato.result.expected': false,
        }),
    },
    {
      name: 'monitorCleanup',
      implementingClass: `${TASKS}.MonitorKatoTask`,
      run: monitorCleanup,
    },
    promoteOutputs,
    {
      name: 'bindProducedArtifacts',
      implementingClass:
        'com.netflix.spinnaker.orca.pipeline.tasks.artifacts.BindProducedArtifactsTask',
      run: async () => succeeded(),
    },
  ],
};

async function submit(task: TaskRun): Promise<TaskOutcome> {
  const { stage, backends, newUuid } = task;
  const account = String(stage.context.account ?? '');
  const accounts = backends.accounts();
  if (!accounts.includes(account)) {
    return {
      kind: 'failed',
      exception: httpException({
        status: 400,
        error: 'Bad Request',
        url: 'http://clouddriver/kubernetes/ops',
        message: `credentials not found (name: ${account}, names: ${accounts.join(
          ',',
        )})`,
        rootException:
          'com.netflix.spinnaker.kork.web.exceptions.InvalidRequestException',
      }),
    };
  }
  return succeeded({
    'deploy.account.name': account,
    'kato.last.task.id': { id: newUuid() },
    'kato.result.expected': true,
  });
}

async function apply(task: TaskRun): Promise<TaskOutcome> {
  const { stage, execution, state, backends, timing, elapsed } = task;
  if (elapsed < timing.deploy) {
    return { kind: 'running', after: timing.deploy - elapsed };
  }
  const account = String(stage.context.account ?? '');
  const namespace = String(stage.context.namespaceOverride ?? 'default');
  const prepared = prepareManifests({
    manifests: mapsOf(stage.context.manifests),
    account,
    namespace,
    application: execution.application,
    state,
  });
  const applied: JsonMap[] = [];
  let failure: string | undefined;
  for (const { manifest } of prepared) {
    const result = await backends.applyManifest({
      account,
      namespace,
      manifest,
      signal: task.signal,
    });
    if (result.kind === 'refused') {
      failure = `Deploy failed for manifest: ${manifestName(
        manifest,
      )}. Error: ${result.message}\n`;
      break;
    }
    applied.push(result.manifest);
  }
  record({
    task,
    account,
    namespace,
    prepared,
    refused: failure !== undefined,
  });

  const id = katoId(stage);
  const result = resultOf({ prepared, applied, namespace });
  const kato = katoTask({
    id,
    phase: 'DEPLOY_KUBERNETES_MANIFEST',
    operation: OPERATION,
    steps: steps(prepared, account),
    resultObjects: failure || prepared.length === 0 ? [] : [result],
    failure,
  });
  const context = katoContext({
    id,
    status: failure ? 'TERMINAL' : 'SUCCEEDED',
    tasks: [kato],
  });
  if (failure) {
    return { kind: 'ended', status: 'TERMINAL', context };
  }
  return succeeded({
    ...context,
    artifacts: result.createdArtifacts,
    'deploy.server.groups': {},
    'outputs.manifests': result.manifests,
    'outputs.manifestNamesByNamespace': result.manifestNamesByNamespace,
    'outputs.createdArtifacts': result.createdArtifacts,
    'outputs.boundArtifacts': result.boundArtifacts,
  });
}

async function monitorCleanup({ stage }: TaskRun): Promise<TaskOutcome> {
  const id = katoId(stage);
  const before = stage.context['kato.tasks'];
  const cleanup = katoTask({
    id,
    phase: 'ORCHESTRATION',
    operation: 'KubernetesCleanupArtifactsOperation',
    steps: [],
    resultObjects: [
      {
        boundArtifacts: [],
        createdArtifacts: [],
        manifestNamesByNamespace: {},
      },
    ],
  });
  return succeeded(
    katoContext({
      id,
      status: 'SUCCEEDED',
      tasks: [...(Array.isArray(before) ? before : []), cleanup],
    }),
  );
}

function record(options: {
  task: TaskRun;
  account: string;
  namespace: string;
  prepared: PreparedManifest[];
  refused: boolean;
}): void {
  const { task, account, namespace, prepared, refused } = options;
  const { stage, execution, state, attempt, now } = task;
  const manifests = prepared.map(({ manifest }) => manifest);
  const { parameters } = execution.trigger;
  const entry = {
    executionId: execution.id,
    stageId: stage.id,
    attempt,
    application: execution.application,
    account,
    namespace,
    manifests: manifests.map(manifestName),
    images: imagesOf(manifests),
    parameters: isJsonMap(parameters) ? parameters : {},
    at: now,
    outcome: refused ? ('refused' as const) : ('applied' as const),
  };
  // The same operation carried on after a restart of the fake is one deployment.
  const index = state.deploys.findIndex(
    one => one.stageId === stage.id && one.attempt === attempt,
  );
  if (index === -1) {
    state.deploys.push(entry);
  } else {
    state.deploys[index] = entry;
  }
}

function resultOf(options: {
  prepared: PreparedManifest[];
  applied: JsonMap[];
  namespace: string;
}) {
  const { prepared, applied, namespace } = options;
  const createdArtifacts = prepared.map(({ artifact }) => artifact);
  return {
    boundArtifacts: createdArtifacts.filter(({ version }) => version !== ''),
    createdArtifacts,
    manifestNamesByNamespace: namesByNamespace(
      prepared.map(({ manifest }) => manifest),
      namespace,
    ),
    manifests: applied,
  };
}

function steps(prepared: PreparedManifest[], account: string): string[] {
  return [
    `Beginning deployment of manifests in account ${account} ...`,
    `Deploy order is: ${prepared
      .map(({ manifest }) => manifestName(manifest))
      .join(', ')}`,
    ...prepared.map(
      ({ manifest }) =>
        `Submitting manifest ${manifestName(manifest)} to kubernetes master...`,
    ),
  ];
}

function katoId(stage: FakeStage): string {
  const last = stage.context['kato.last.task.id'];
  return isJsonMap(last) ? String(last.id) : '';
}
