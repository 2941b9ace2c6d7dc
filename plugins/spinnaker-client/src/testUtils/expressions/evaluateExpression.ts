// SPDX-License-Identifier: Apache-2.0
import { isJsonMap, Json, JsonMap } from '../model/Json';
import { Expression, ExpressionError } from './parseExpression';

/** What names an expression can see, and the stages for `#stage('name')`. */
export interface ExpressionScope {
  names: JsonMap;
  stage?(name: string): JsonMap | undefined;
}

/** Evaluates an expression; throws {@link ExpressionError} for what cannot be found. */
export function evaluateExpression(
  expression: Expression,
  scope: ExpressionScope,
): Json {
  const run = (inner: Expression) => evaluateExpression(inner, scope);
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'name':
      if (!(expression.name in scope.names)) {
        throw new ExpressionError(`${expression.name} not found`);
      }
      return scope.names[expression.name];
    case 'property': {
      const target = run(expression.target);
      if (target === null && expression.safe) {
        return null;
      }
      return member(target, expression.name);
    }
    case 'index': {
      const target = run(expression.target);
      const index = run(expression.index);
      if (Array.isArray(target) && typeof index === 'number') {
        if (index >= target.length) {
          throw new ExpressionError(
            `EL1025E: The collection has '${target.length}' elements, index '${index}' is invalid`,
          );
        }
        return target[index];
      }
      if (target === null) {
        throw new ExpressionError('EL1012E: Cannot index into a null value');
      }
      return isJsonMap(target) ? target[String(index)] ?? null : null;
    }
    case 'helper':
      return helper(expression.name, expression.args.map(run), scope);
    case 'call':
      return call(
        run(expression.target),
        expression.name,
        expression.args.map(run),
      );
    case 'not':
      return !truthy(run(expression.operand));
    case 'binary':
      return binary(expression.operator, run(expression.left), () =>
        run(expression.right),
      );
    case 'choice':
      return truthy(run(expression.test))
        ? run(expression.then)
        : run(expression.otherwise);
    default:
      throw new ExpressionError('not understood');
  }
}

function member(target: Json, name: string): Json {
  if (!isJsonMap(target) || !(name in target)) {
    throw new ExpressionError(
      `EL1008E: Property or field '${name}' cannot be found on ${
        target === null ? 'null' : `object of type '${typeof target}'`
      }`,
    );
  }
  return target[name];
}

function helper(name: string, args: Json[], scope: ExpressionScope): Json {
  const [first] = args;
  switch (name) {
    case 'toJson':
      return JSON.stringify(first);
    case 'toBase64':
      return Buffer.from(text(first)).toString('base64');
    case 'fromBase64':
      return Buffer.from(text(first), 'base64').toString('utf8');
    case 'stage': {
      const found = scope.stage?.(text(first));
      if (!found) {
        throw new ExpressionError(`Unable to locate [${text(first)}]`);
      }
      return found;
    }
    default:
      throw new ExpressionError(`The function '#${name}' could not be found`);
  }
}

function call(target: Json, name: string, args: Json[]): Json {
  if (typeof target === 'string') {
    const argument = text(args[0] ?? '');
    switch (name) {
      case 'equals':
        return target === argument;
      case 'contains':
        return target.includes(argument);
      case 'startsWith':
        return target.startsWith(argument);
      case 'length':
        return target.length;
      case 'toLowerCase':
        return target.toLowerCase();
      case 'toUpperCase':
        return target.toUpperCase();
      default:
    }
  }
  if (Array.isArray(target) && name === 'size') {
    return target.length;
  }
  throw new ExpressionError(`EL1004E: Method ${name} cannot be found`);
}

function binary(operator: string, left: Json, right: () => Json): Json {
  switch (operator) {
    case '||':
    case 'or':
      return truthy(left) || truthy(right());
    case '&&':
    case 'and':
      return truthy(left) && truthy(right());
    case '==':
      return JSON.stringify(left) === JSON.stringify(right());
    case '!=':
      return JSON.stringify(left) !== JSON.stringify(right());
    case '+': {
      const other = right();
      return typeof left === 'number' && typeof other === 'number'
        ? left + other
        : text(left) + text(other);
    }
    default:
      return arithmetic(operator, Number(left), Number(right()));
  }
}

function arithmetic(operator: string, left: number, right: number): Json {
  switch (operator) {
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '<=':
      return left <= right;
    case '>=':
      return left >= right;
    default:
      throw new ExpressionError(`'${operator}' is not understood`);
  }
}

function truthy(value: Json): boolean {
  return (
    value === true ||
    (typeof value === 'string' && value !== '' && value !== 'false')
  );
}

/** How a value reads inside a text. */
export function text(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
