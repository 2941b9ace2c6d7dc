// SPDX-License-Identifier: Apache-2.0
import { Expression, Statement } from './parseJenkinsfile';

/** What a Jenkinsfile may ask about while it runs. */
export type EvaluationContext = {
  environment: Record<string, string>;
  parameters: Record<string, string>;
  /** Kinds of causes of the build, such as `cron`. */
  causes: string[];
};

/** A value in a running Jenkinsfile. */
export type Value = string | number | boolean | undefined | Value[];

const CAUSES: Record<string, string> = {
  TimerTrigger: 'cron',
  SCMTrigger: 'poll',
  UserIdCause: 'user',
  GitHubPushCause: 'push',
};

/**
 * The value of an expression.
 *
 * @throws Error for what the simulator does not run, such as calls of methods.
 */
export function evaluate(
  expression: Expression,
  context: EvaluationContext,
): Value {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'template':
      return expression.parts
        .map((part, index) =>
          index % 2 === 0
            ? part
            : String(lookUp(part.trim(), context) ?? 'null'),
        )
        .join('');
    case 'name':
      return lookUp(expression.name, context);
    case 'list':
      return expression.elements.map(element => evaluate(element, context));
    case 'not':
      return !evaluate(expression.operand, context);
    case 'binary':
      return binary(expression, context);
    default:
      throw new Error(
        `line ${expression.call.line}: '${expression.call.name}(…)' is not understood as a value`,
      );
  }
}

/** Whether all conditions of a `when` block hold. */
export function evaluateWhen(
  conditions: Statement[],
  context: EvaluationContext,
): boolean {
  return conditions.every(condition => holds(condition, context));
}

function holds(statement: Statement, context: EvaluationContext): boolean {
  if (statement.kind !== 'call') {
    throw new Error(`line ${statement.line}: not understood in when`);
  }
  const { call } = statement;
  const text = (name: string) => {
    const given = call.named[name];
    return given && String(evaluate(given, context) ?? '');
  };
  const block = call.block ?? [];
  const { environment } = context;
  switch (call.name) {
    case 'allOf':
      return evaluateWhen(block, context);
    case 'anyOf':
      return block.some(one => holds(one, context));
    case 'not':
      return !evaluateWhen(block, context);
    case 'beforeAgent':
    case 'beforeInput':
    case 'beforeOptions':
      return true;
    case 'branch': {
      const [first] = call.positional;
      const pattern = first ? evaluate(first, context) : text('pattern');
      // As in Jenkins: only multibranch projects have a branch name.
      return matchesGlob(environment.BRANCH_NAME, String(pattern));
    }
    case 'buildingTag':
      return environment.TAG_NAME !== undefined;
    case 'changeRequest':
      return environment.CHANGE_ID !== undefined;
    case 'environment':
      return environment[text('name') ?? ''] === text('value');
    case 'equals':
      return text('expected') === text('actual');
    case 'expression':
      return Boolean(lastValue(block, context));
    case 'triggeredBy': {
      const [first] = call.positional;
      const cause = first ? evaluate(first, context) : text('cause');
      return context.causes.includes(CAUSES[String(cause)] ?? '');
    }
    default:
      throw new Error(
        `line ${call.line}: '${call.name}' is not understood in when`,
      );
  }
}

function lastValue(block: Statement[], context: EvaluationContext): Value {
  const last = block[block.length - 1];
  if (!last || last.kind === 'assignment') {
    return undefined;
  }
  if (last.kind === 'value') {
    return evaluate(last.value, context);
  }
  const { call } = last;
  return call.positional.length === 0 && !call.block
    ? lookUp(call.name, context)
    : evaluate({ kind: 'call', call }, context);
}

function binary(
  expression: Extract<Expression, { kind: 'binary' }>,
  context: EvaluationContext,
): Value {
  const left = evaluate(expression.left, context);
  const right = () => evaluate(expression.right, context);
  switch (expression.operator) {
    case '==':
      return left === right();
    case '!=':
      return left !== right();
    case '&&':
      return Boolean(left) && Boolean(right());
    case '||':
      return Boolean(left) || Boolean(right());
    default: {
      const other = right();
      return typeof left === 'number' && typeof other === 'number'
        ? left + other
        : `${left}${other}`;
    }
  }
}

function lookUp(name: string, context: EvaluationContext): Value {
  const { environment, parameters } = context;
  if (name.startsWith('params.')) {
    return parameters[name.slice('params.'.length)];
  }
  const variable = name.replace(/^env\./, '');
  if (!/^\w+$/.test(variable)) {
    throw new Error(`'${name}' is not understood as a value`);
  }
  return environment[variable];
}

function matchesGlob(text: string | undefined, pattern: string): boolean {
  const expression = pattern
    .split('*')
    .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return text !== undefined && new RegExp(`^${expression}$`).test(text);
}
