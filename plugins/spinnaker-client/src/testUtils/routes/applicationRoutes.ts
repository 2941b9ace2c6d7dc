// SPDX-License-Identifier: Apache-2.0
import { GateFailure } from '../GateReply';
import { createStage, createTrigger } from '../orca/createExecution';
import { FakeExecution } from '../model/GateState';
import { isJsonMap, JsonMap } from '../model/Json';
import { bodyOf, GateContext, GateRoute } from './GateRoute';

/** Applications, and the tasks of Orca that write them. */
export const applicationRoutes: GateRoute[] = [
  {
    method: 'GET',
    pattern: '/applications',
    handle: (_, { state }) => ({
      status: 200,
      body: Object.values(state.applications),
    }),
  },
  {
    method: 'GET',
    pattern: '/applications/:',
    handle: ({ params: [name], query }, { state }) => {
      const attributes = state.applications[name.toLowerCase()];
      if (!attributes) {
        throw new GateFailure({
          status: 404,
          message: `Application not found (id: ${name})`,
          exception:
            'com.netflix.spinnaker.kork.web.exceptions.NotFoundException',
        });
      }
      const found: JsonMap = { attributes, name: attributes.name ?? name };
      return {
        status: 200,
        body:
          query.get('expand') === 'false' ? found : { ...found, clusters: {} },
      };
    },
  },
  {
    method: 'POST',
    pattern: '/tasks',
    handle: (call, context) => {
      const task = storeTask({
        context,
        user: call.user,
        task: bodyOf(call),
      });
      return { status: 200, body: { ref: `/tasks/${task.id}` } };
    },
  },
  {
    method: 'GET',
    pattern: '/tasks/:',
    handle: ({ params: [id] }, { state }) => {
      const task = state.orchestrations.find(one => one.id === id);
      if (!task) {
        throw new GateFailure({
          status: 404,
          message: `Status: 404, Method: GET, URL: http://orca/tasks/${id}, Message: No orchestration found for ${id}`,
        });
      }
      return { status: 200, body: shownTask(task) };
    },
  },
  {
    method: 'GET',
    pattern: '/applications/:/tasks',
    handle: ({ params: [name], query }, { state }) => ({
      status: 200,
      body: state.orchestrations
        .filter(one => one.application === name)
        .reverse()
        .slice(0, Number(query.get('limit') ?? 25))
        .map(shownTask),
    }),
  },
];

/** Stores a task for Orca to run. */
export function storeTask(options: {
  context: GateContext;
  user: string;
  task: JsonMap;
}): FakeExecution {
  const { context, user, task } = options;
  const jobs = Array.isArray(task.job) ? task.job.filter(isJsonMap) : [];
  const stored: FakeExecution = {
    application: String(task.application ?? ''),
    authentication: { allowedAccounts: [], user },
    buildTime: context.now(),
    canceled: false,
    description: String(task.description ?? ''),
    id: context.newId(),
    initialConfig: {},
    keepWaitingPipelines: false,
    limitConcurrent: false,
    maxConcurrentExecutions: 0,
    notifications: [],
    origin: 'api',
    stages: jobs.map((job, index) =>
      createStage(
        { ...job, user, name: job.type ?? '', refId: String(index) },
        context.newId,
      ),
    ),
    status: 'NOT_STARTED',
    systemNotifications: [],
    trigger: createTrigger({}, user),
    type: 'ORCHESTRATION',
  };
  context.state.orchestrations.push(stored);
  return stored;
}

function shownTask(task: FakeExecution) {
  const variables = new Map<string, unknown>();
  for (const stage of task.stages) {
    for (const [key, value] of Object.entries(stage.context)) {
      variables.set(key, value);
    }
  }
  return {
    application: task.application,
    buildTime: task.buildTime,
    endTime: task.endTime,
    execution: task,
    id: task.id,
    name: task.description,
    startTime: task.startTime,
    status: task.status,
    steps: task.stages.flatMap(({ tasks }) => tasks),
    variables: [...variables].map(([key, value]) => ({ key, value })),
  };
}
