// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { JenkinsStage, JenkinsStageState } from './model';
import { describeAnswerSchema, StageTreeNode } from './schemas';

const TREE_STATES: Record<string, JenkinsStageState> = {
  queued: 'queued',
  running: 'running',
  paused: 'paused',
  skipped: 'skipped',
  not_built: 'not_built',
  success: 'success',
  // Some versions say "finished" of a stage that ended without a result of its own.
  finished: 'success',
  unstable: 'unstable',
  failure: 'failure',
  aborted: 'aborted',
};

const DESCRIBE_STATES: Record<string, JenkinsStageState> = {
  NOT_EXECUTED: 'skipped',
  ABORTED: 'aborted',
  SUCCESS: 'success',
  IN_PROGRESS: 'running',
  PAUSED_PENDING_INPUT: 'paused',
  FAILED: 'failure',
  UNSTABLE: 'unstable',
};

/** Reads the nested answer of `stages/tree`. */
export function stagesFromTree(nodes: StageTreeNode[]): JenkinsStage[] {
  return nodes.map(node => ({
    id: node.id,
    name: node.name,
    state: TREE_STATES[node.state.toLowerCase()] ?? 'unknown',
    ...timing(node.startTimeMillis, node.totalDurationMillis),
    children: stagesFromTree(node.children),
  }));
}

/** Reads the flat answer of `wfapi/describe`. */
export function stagesFromDescribe(
  answer: z.output<typeof describeAnswerSchema>,
): JenkinsStage[] {
  return answer.stages.map(stage => ({
    id: stage.id,
    name: stage.name,
    state: DESCRIBE_STATES[stage.status] ?? 'unknown',
    ...timing(stage.startTimeMillis, stage.durationMillis),
    children: [],
  }));
}

function timing(
  start: number | undefined,
  duration: number | undefined,
): Pick<JenkinsStage, 'startedAt' | 'durationMs'> {
  return {
    ...(start ? { startedAt: new Date(start) } : {}),
    ...(duration === undefined ? {} : { durationMs: duration }),
  };
}
