// SPDX-License-Identifier: Apache-2.0
import { GateFailure, EmptyGateFailure } from '../GateReply';
import { FakeExecution } from '../model/GateState';
import { Json } from '../model/Json';
import {
  cancelExecution,
  isEnded,
  patchStage,
  pauseExecution,
  restartStage,
  resumeExecution,
} from '../orca/executionControl';
import { copyJson } from '../model/Json';
import {
  collapse,
  latestPerPipeline,
  parseStatuses,
  triggerMatches,
} from './executionLists';
import { bodyOf, GateContext, GateRoute } from './GateRoute';
import { pipelinesOf } from './pipelineRoutes';

/** Reading, judging, cancelling, pausing and restarting executions. */
export const executionRoutes: GateRoute[] = [
  {
    method: 'GET',
    pattern: '/executions',
    handle: ({ query }, context) => {
      const configs = ids(query.get('pipelineConfigIds'));
      const executionIds = ids(query.get('executionIds'));
      if (configs.length > 0 && executionIds.length > 0) {
        throw new GateFailure({
          status: 400,
          message:
            'Status: 400, Method: GET, URL: http://orca/pipelines, Message: Only pipelineConfigIds OR executionIds can be specified',
        });
      }
      const limit = numberOf(query.get('limit') ?? '1');
      const statuses = parseStatuses(query);
      const visible = visibleExecutions(context);
      const found =
        executionIds.length > 0
          ? visible.filter(({ id }) => executionIds.includes(id))
          : latestPerPipeline({
              executions: visible,
              pipelineIds: configs,
              limit,
              statuses,
            });
      return { status: 200, body: shown(found, query, true) };
    },
  },
  {
    method: 'GET',
    pattern: '/applications/:/pipelines',
    handle: ({ params: [application], query }, context) => {
      const pipelines = pipelinesOf(context.state, application);
      const found = latestPerPipeline({
        executions: visibleExecutions(context),
        pipelineIds: pipelines.map(({ id }) => String(id)),
        limit: numberOf(query.get('limit') ?? '10'),
        statuses: parseStatuses(query),
      });
      return { status: 200, body: shown(found, query, true) };
    },
  },
  {
    method: 'GET',
    pattern: '/applications/:/executions/search',
    handle: ({ params: [application], query }, context) => {
      const wanted = encodedTrigger(query.get('trigger'));
      const known = pipelinesOf(context.state, application)
        .filter(
          one =>
            !query.get('pipelineName') ||
            one.name === query.get('pipelineName'),
        )
        .map(({ id }) => id);
      const statuses = parseStatuses(query);
      const from = Number(query.get('triggerTimeStartBoundary') ?? 0);
      const to = Number(query.get('triggerTimeEndBoundary') ?? Infinity);
      const found = visibleExecutions(context)
        .filter(
          one =>
            known.includes(one.pipelineConfigId ?? '') &&
            one.buildTime >= from &&
            one.buildTime <= to &&
            (!statuses || statuses.includes(one.status)) &&
            (query.get('eventId') === null ||
              one.trigger.eventId === query.get('eventId')) &&
            (wanted === undefined || triggerMatches(one.trigger, wanted)),
        )
        .sort((a, b) => (a.id < b.id ? 1 : -1));
      const start = Number(query.get('startIndex') ?? 0);
      const size = numberOf(query.get('size') ?? '10');
      return {
        status: 200,
        body: shown(found.slice(start, start + size), query, false),
      };
    },
  },
  {
    method: 'GET',
    pattern: '/pipelines/:',
    handle: ({ params: [id] }, context) => {
      const found = visibleExecutions(context).find(one => one.id === id);
      if (!found) {
        throw new GateFailure({
          status: 404,
          message: `Pipeline not found (id: ${id})`,
          exception:
            'com.netflix.spinnaker.kork.web.exceptions.NotFoundException',
        });
      }
      return { status: 200, body: found };
    },
  },
  {
    method: 'DELETE',
    pattern: '/pipelines/:',
    handle: ({ params: [id] }, context) => {
      const found = find(context, id, 'DELETE');
      // Gate cancels first, so even a running one can be deleted through it.
      context.state.executions = context.state.executions.filter(
        one => one !== found,
      );
      return { status: 200 };
    },
  },
  {
    method: 'PUT',
    pattern: '/pipelines/:/cancel',
    handle: ({ params: [id], query, user }, context) => {
      cancelExecution({
        execution: find(context, id, 'PUT', 'cancel'),
        user,
        reason: query.get('reason') ?? undefined,
        now: context.now(),
      });
      return { status: 200 };
    },
  },
  {
    method: 'PUT',
    pattern: '/pipelines/:/pause',
    handle: ({ params: [id], user }, context) => {
      const execution = find(context, id, 'PUT', 'pause');
      pauseExecution({ execution, user, now: context.now() });
      return { status: 200 };
    },
  },
  {
    method: 'PUT',
    pattern: '/pipelines/:/resume',
    handle: ({ params: [id], user }, context) => {
      const execution = find(context, id, 'PUT', 'resume');
      resumeExecution({ execution, user, now: context.now() });
      return { status: 200 };
    },
  },
  {
    method: 'PATCH',
    pattern: '/pipelines/:/stages/:',
    handle: (call, context) => {
      const [id, stageId] = call.params;
      const patch = bodyOf(call);
      const execution = find(context, id, 'PATCH', `stages/${stageId}`);
      const stage = patchStage({
        execution,
        stageId,
        patch,
        user: call.user,
        now: context.now(),
      });
      if (!stage) {
        // Orca swallows the reason and answers nothing, which Gate cannot read.
        throw new GateFailure({
          status: 500,
          message:
            'Failed to process response body: No content to map due to end-of-input\n at [Source: (okhttp3.ResponseBody$BomAwareReader); line: 1, column: 0]',
          exception:
            'com.netflix.spinnaker.kork.retrofit.exceptions.SpinnakerConversionException',
        });
      }
      if (!isEnded(stage.status)) {
        context.engine.wake(stage);
      }
      return { status: 200, body: copyJson(execution) };
    },
  },
  {
    method: 'PUT',
    pattern: '/pipelines/:/stages/:/restart',
    handle: (call, context) => {
      const [id, stageId] = call.params;
      bodyOf(call);
      const execution = find(context, id, 'PUT', `stages/${stageId}/restart`);
      const stage = execution.stages.find(one => one.id === stageId);
      // Answered as it was before the restart takes effect.
      const before = copyJson(execution);
      if (stage) {
        restartStage({
          execution,
          stage,
          state: context.state,
          user: call.user,
          now: context.now(),
        });
      }
      return { status: 200, body: before };
    },
  },
];

function visibleExecutions(context: GateContext): FakeExecution[] {
  return context.state.executions.filter(({ id }) => !context.isHidden(id));
}

function find(
  context: GateContext,
  id: string,
  method: string,
  rest?: string,
): FakeExecution {
  const found = context.state.executions.find(one => one.id === id);
  if (!found) {
    throw new GateFailure({
      status: 404,
      message: `Status: 404, Method: ${method}, URL: http://orca/pipelines/${id}${
        rest ? `/${rest}` : ''
      }, Message: No pipeline found for ${id}`,
    });
  }
  return found;
}

function shown(
  found: FakeExecution[],
  query: URLSearchParams,
  expandByDefault: boolean,
): FakeExecution[] {
  const expand = query.get('expand');
  const expanded = expand === null ? expandByDefault : expand !== 'false';
  return expanded ? found : found.map(collapse);
}

function encodedTrigger(encoded: string | null): Json | undefined {
  if (encoded === null) {
    return undefined;
  }
  try {
    return JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'));
  } catch {
    throw new GateFailure({
      status: 500,
      message:
        'Status: 500, Method: GET, URL: http://orca/applications/pipelines/search, Message: Failed to parse encoded trigger',
    });
  }
}

function ids(text: string | null): string[] {
  return (text ?? '').split(',').filter(one => one !== '');
}

function numberOf(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value)) {
    throw new EmptyGateFailure(400);
  }
  return value;
}
