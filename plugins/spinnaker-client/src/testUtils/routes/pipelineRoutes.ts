// SPDX-License-Identifier: Apache-2.0
import { GateFailure } from '../GateReply';
import { GateState } from '../model/GateState';
import { Json, JsonMap } from '../model/Json';
import { storeTask } from './applicationRoutes';
import { bodyOf, GateContext, GateRoute } from './GateRoute';

const PIPELINE_EXCEPTION =
  'com.netflix.spinnaker.gate.controllers.PipelineController$PipelineException';
const FRONT50 = 'http://front50/pipelines';

/** The saved pipelines: what Front50 stores. */
export const pipelineRoutes: GateRoute[] = [
  {
    method: 'GET',
    pattern: '/applications/:/pipelineConfigs',
    handle: ({ params: [application] }, { state }) => ({
      status: 200,
      body: pipelinesOf(state, application),
    }),
  },
  {
    method: 'GET',
    pattern: '/applications/:/pipelineConfigs/:',
    handle: ({ params: [application, name] }, { state }) => {
      const found = pipelinesOf(state, application).find(
        one => one.name === name,
      );
      if (!found) {
        throw new GateFailure({
          status: 404,
          message: `Pipeline config (id: ${name}) not found for Application (id: ${application})`,
          exception:
            'com.netflix.spinnaker.kork.web.exceptions.NotFoundException',
        });
      }
      return { status: 200, body: found };
    },
  },
  {
    method: 'POST',
    pattern: '/pipelines',
    handle: (call, context) => {
      save({
        context,
        pipeline: bodyOf(call),
        user: call.user,
        staleCheck: call.query.get('staleCheck') === 'true',
      });
      return { status: 200 };
    },
  },
  {
    method: 'PUT',
    pattern: '/pipelines/:',
    handle: (call, context) => ({
      status: 200,
      body: save({
        context,
        pipeline: { ...bodyOf(call), id: call.params[0] },
        user: call.user,
        staleCheck: call.query.get('staleCheck') === 'true',
      }),
    }),
  },
  {
    method: 'DELETE',
    pattern: '/pipelines/:/:',
    handle: ({ params: [application, name], user }, context) => {
      const { state } = context;
      const found = pipelinesOf(state, application).find(
        one => one.name === name,
      );
      if (found) {
        state.pipelines = state.pipelines.filter(one => one !== found);
        storeTask({
          context,
          user,
          task: {
            application,
            description: `Delete pipeline '${name}'`,
            job: [{ ...taskOf('deletePipeline', found), application }],
          },
        });
      }
      return { status: 200 };
    },
  },
];

/** The saved pipelines of an application, in their order. */
export function pipelinesOf(state: GateState, application: string): JsonMap[] {
  return state.pipelines
    .filter(one => same(one.application, application))
    .sort((a, b) => Number(a.index ?? 0) - Number(b.index ?? 0));
}

function save(options: {
  context: GateContext;
  pipeline: JsonMap;
  user: string;
  staleCheck: boolean;
}): JsonMap {
  const { context, pipeline, user, staleCheck } = options;
  const { state } = context;
  if (pipeline.application === undefined) {
    throw new GateFailure({
      status: 500,
      message:
        'Cannot invoke "Object.toString()" because the return value of "java.util.Map.get(Object)" is null',
      exception: 'java.lang.NullPointerException',
    });
  }
  const application = String(pipeline.application);
  const existing = state.pipelines.find(
    one => pipeline.id !== undefined && one.id === pipeline.id,
  );
  const refuse = (message: string) => {
    throw new GateFailure({
      status: 400,
      message: `Status: 400, URL: ${FRONT50}?staleCheck=${staleCheck}, Message: ${message}`,
      exception: PIPELINE_EXCEPTION,
    });
  };
  const duplicate = state.pipelines.some(
    one =>
      one !== existing &&
      same(one.application, application) &&
      same(one.name, pipeline.name),
  );
  if (duplicate) {
    refuse(
      `A pipeline with name ${pipeline.name} already exists in application ${application}`,
    );
  }
  if (staleCheck && existing && existing.updateTs !== pipeline.updateTs) {
    refuse(
      `The submitted pipeline is stale.  submitted updateTs ${pipeline.updateTs} does not match stored updateTs ${existing.updateTs}`,
    );
  }
  const saved: JsonMap = {
    schema: '1',
    triggers: [],
    ...pipeline,
    id: pipeline.id ?? context.newUuid(),
    index: existing?.index ?? pipelinesOf(state, application).length,
    lastModifiedBy: user,
    updateTs: String(nextUpdateTs(context.now(), existing)),
  };
  state.pipelines = [...state.pipelines.filter(one => one !== existing), saved];
  storeTask({
    context,
    user,
    task: {
      application,
      description: `${existing ? 'Update' : 'Save'} pipeline '${saved.name}'`,
      job: [taskOf(existing ? 'updatePipeline' : 'savePipeline', saved)],
    },
  });
  return saved;
}

/** Later than the one before, also when two saves fall into one millisecond. */
function nextUpdateTs(now: number, existing: JsonMap | undefined): number {
  return Math.max(now, Number(existing?.updateTs ?? 0) + 1);
}

function taskOf(type: string, pipeline: JsonMap): JsonMap {
  return {
    type,
    'notification.type': type.toLowerCase(),
    pipeline: Buffer.from(JSON.stringify(pipeline)).toString('base64'),
    'pipeline.id': pipeline.id ?? '',
    'pipeline.name': pipeline.name ?? '',
  };
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  return String(a).toLowerCase() === String(b).toLowerCase();
}
