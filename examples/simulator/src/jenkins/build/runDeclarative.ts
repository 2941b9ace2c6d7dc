// SPDX-License-Identifier: Apache-2.0
import { evaluateWhen } from '../jenkinsfile/evaluate';
import {
  Declarative,
  PostCondition,
  StageDefinition,
} from '../jenkinsfile/readDeclarative';
import { BuildScope } from './BuildScope';
import { runSteps } from './runSteps';

/** How a stage or the whole Jenkinsfile ended. */
export type Ending = 'SUCCESS' | 'UNSTABLE' | 'FAILURE' | 'ABORTED';

/** The order in which Jenkins runs the conditions of a `post` block. */
const POST_ORDER = [
  'always',
  'changed',
  'fixed',
  'regression',
  'aborted',
  'failure',
  'success',
  'unstable',
  'unsuccessful',
  'cleanup',
];

const STAGE_STATE = {
  SUCCESS: 'success',
  UNSTABLE: 'unstable',
  FAILURE: 'failure',
  ABORTED: 'aborted',
} as const;

/** Runs the stages and the `post` block of a Jenkinsfile; never rejects for what they do. */
export async function runDeclarative(
  declarative: Declarative,
  outer: BuildScope,
): Promise<Ending> {
  let scope: BuildScope;
  try {
    scope = outer.withEntries(declarative.environment);
  } catch (error) {
    report(error, outer);
    return 'FAILURE';
  }
  let ending = await runStages(declarative.stages, scope, 'SUCCESS');
  if (declarative.post.length > 0) {
    const stage = scope.shared.context.startStage('Declarative: Post Actions');
    const after = await runPost(declarative.post, scope, ending);
    stage.end(after === 'FAILURE' && ending !== after ? 'failure' : 'success');
    ending = after;
  }
  return ending;
}

async function runStages(
  stages: readonly StageDefinition[],
  scope: BuildScope,
  before: Ending,
): Promise<Ending> {
  let ending = before;
  for (const definition of stages) {
    if (ending === 'FAILURE' || ending === 'ABORTED') {
      skip(definition, scope, 'due to earlier failure(s)');
    } else {
      const own = await runStage(definition, scope);
      ending = own === 'SUCCESS' ? ending : own;
    }
  }
  return ending;
}

async function runStage(
  definition: StageDefinition,
  outer: BuildScope,
): Promise<Ending> {
  const { console, context, outcome } = outer.shared;
  console.line(`[Pipeline] { (${definition.name})`);
  let scope = outer;
  try {
    if (!evaluateWhen(definition.when, scope.evaluation())) {
      skip(definition, scope, 'due to when conditional');
      return 'SUCCESS';
    }
  } catch (error) {
    report(error, scope);
    return 'FAILURE';
  }
  const stage = context.startStage(definition.name);
  const unstableBefore = outcome.unstable;
  outcome.unstable = false;
  let ending: Ending = 'SUCCESS';
  try {
    scope = outer.withEntries(definition.environment);
    await runSteps(definition.steps, scope);
    ending = await runStages(definition.stages, scope, 'SUCCESS');
  } catch (error) {
    report(error, scope);
    ending = context.signal.aborted ? 'ABORTED' : 'FAILURE';
  }
  ending = await runPost(definition.post, scope, ending);
  if (outcome.unstable && ending === 'SUCCESS') {
    ending = 'UNSTABLE';
  }
  outcome.unstable = outcome.unstable || unstableBefore;
  stage.end(STAGE_STATE[ending]);
  return ending;
}

async function runPost(
  post: readonly PostCondition[],
  scope: BuildScope,
  ending: Ending,
): Promise<Ending> {
  const { context, outcome } = scope.shared;
  let result = ending;
  for (const condition of POST_ORDER) {
    const steps = post.find(one => one.condition === condition)?.steps;
    const present =
      result === 'SUCCESS' && outcome.unstable ? 'UNSTABLE' : result;
    // An aborted build's processes are gone, and so is the time for more of them.
    if (steps && !context.signal.aborted && applies(condition, present)) {
      try {
        await runSteps(steps, scope);
      } catch (error) {
        report(error, scope);
        result = 'FAILURE';
      }
    }
  }
  return result;
}

function applies(condition: string, ending: Ending): boolean {
  switch (condition) {
    case 'always':
    case 'cleanup':
      return true;
    case 'unsuccessful':
      return ending !== 'SUCCESS';
    case 'success':
    case 'unstable':
    case 'failure':
    case 'aborted':
      return condition.toUpperCase() === ending;
    default:
      // 'changed', 'fixed' and 'regression' compare with an earlier build, which is not done.
      return false;
  }
}

function skip(
  definition: StageDefinition,
  scope: BuildScope,
  why: string,
): void {
  const { context, console } = scope.shared;
  console.line(`Stage "${definition.name}" skipped ${why}`);
  context.startStage(definition.name).end('skipped');
}

function report(error: unknown, scope: BuildScope): void {
  scope.shared.console.line(
    `ERROR: ${error instanceof Error ? error.message : error}`,
  );
}
