// SPDX-License-Identifier: Apache-2.0
import { isJsonMap, Json, JsonMap } from '../../model/Json';
import {
  StageDefinition,
  succeeded,
  TaskOutcome,
  TaskRun,
} from '../StageDefinition';
import { promoteOutputs } from './deployManifestStage';
import { katoContext, katoTask } from './katoTask';
import { parseManifestName } from './manifestName';
import { mapsOf } from './mapsOf';

const TASKS = 'com.netflix.spinnaker.orca.clouddriver.tasks';
const OPERATION = 'KubernetesDeleteManifestOperation';

/** `deleteManifest`: removes one object, or those that labels select; none is fine, too. */
export const deleteManifestStage: StageDefinition = {
  tasks: () => [
    {
      name: 'resolveTargetManifest',
      implementingClass: `${TASKS}.manifest.ResolveTargetManifestTask`,
      run: async () => succeeded(),
    },
    {
      name: 'deleteManifest',
      implementingClass: `${TASKS}.manifest.DeleteManifestTask`,
      run: async ({ stage, newUuid }) =>
        succeeded({
          'deploy.account.name': stage.context.account ?? '',
          'kato.last.task.id': { id: newUuid() },
          'kato.result.expected': true,
        }),
    },
    {
      name: 'monitorDelete',
      implementingClass: `${TASKS}.MonitorKatoTask`,
      run: remove,
    },
    promoteOutputs,
  ],
};

async function remove(task: TaskRun): Promise<TaskOutcome> {
  const { stage, backends, signal } = task;
  const { account, location, manifestName, mode } = stage.context;
  const namespace = String(location ?? '');
  const target =
    mode === 'label'
      ? {
          kinds: kindsOf(stage.context.kinds),
          labelSelector: selectorOf(stage.context.labelSelectors),
        }
      : singleTarget(String(manifestName ?? ''));
  const removed = await backends.deleteManifests({
    account: String(account ?? ''),
    namespace,
    ...target,
    signal,
  });
  const names = removed.map(
    ({ kind, name }) =>
      `${kind.charAt(0).toLowerCase()}${kind.slice(1)} ${name}`,
  );
  const last = stage.context['kato.last.task.id'];
  const produced: JsonMap = {
    boundArtifacts: [],
    createdArtifacts: [],
    manifestNamesByNamespace: { [namespace]: names },
    manifests: [],
  };
  const id = isJsonMap(last) ? String(last.id) : '';
  return succeeded({
    ...katoContext({
      id,
      status: 'SUCCEEDED',
      tasks: [
        katoTask({
          id,
          phase: 'DELETE_KUBERNETES_MANIFEST',
          operation: OPERATION,
          steps: [
            `Starting delete operation in account ${String(account)}...`,
            ...target.kinds.map(
              kind =>
                `Looking up resource properties for ${kind.toLowerCase()}...`,
            ),
            ...target.kinds.map(
              kind =>
                `Calling delete operation for resourceKubernetesCoordinates(kind=${kind.toLowerCase()}, namespace=${namespace}, name=${
                  'name' in target ? target.name : ''
                })...`,
            ),
            ...('name' in target
              ? [` delete operation completed successfully for ${target.name}`]
              : []),
            ' delete operation completed successfully for all applicable resources',
          ],
          resultObjects: [produced],
        }),
      ],
    }),
    artifacts: [],
    'deploy.server.groups': {},
    'outputs.boundArtifacts': [],
    'outputs.createdArtifacts': [],
    'outputs.manifestNamesByNamespace': { [namespace]: names },
    'outputs.manifests': [],
  });
}

function singleTarget(text: string) {
  const { kind, name } = parseManifestName(text);
  return { kinds: [kind], name };
}

/** Kinds as Kubernetes writes them. */
function kindsOf(value: Json | undefined): string[] {
  return Array.isArray(value)
    ? value
        .map(String)
        .map(kind => `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`)
    : [];
}

/** Spinnaker's selectors as Kubernetes takes them. */
function selectorOf(value: Json | undefined): string {
  return mapsOf(isJsonMap(value) ? value.selectors : undefined)
    .map(({ kind, key, values }) => {
      const list = Array.isArray(values) ? values.map(String) : [];
      switch (kind) {
        case 'EQUALS':
          return `${String(key)}=${list[0]}`;
        case 'NOT_EQUALS':
          return `${String(key)}!=${list[0]}`;
        case 'CONTAINS':
          return `${String(key)} in (${list.join(', ')})`;
        case 'NOT_CONTAINS':
          return `${String(key)} notin (${list.join(', ')})`;
        case 'EXISTS':
          return String(key);
        case 'NOT_EXISTS':
          return `!${String(key)}`;
        default:
          throw new Error(`Unknown kind of selector: ${String(kind)}`);
      }
    })
    .join(',');
}
