// SPDX-License-Identifier: Apache-2.0
import { evaluateAll } from '../../expressions/evaluateAll';
import { isJsonMap, Json } from '../../model/Json';
import { expressionScope } from '../expressionScope';
import { orcaException, StageDefinition, succeeded } from '../StageDefinition';

/** `checkPreconditions`: every precondition of type `expression` must be true. */
export const checkPreconditionsStage: StageDefinition = {
  literalKeys: () => ['preconditions'],
  tasks: () => [
    {
      name: 'checkPreconditions',
      implementingClass:
        'com.netflix.spinnaker.orca.pipeline.tasks.ExpressionPreconditionTask',
      run: async ({ stage, execution }) => {
        const { preconditions } = stage.context;
        const list = Array.isArray(preconditions) ? preconditions : [];
        for (const precondition of list.filter(isJsonMap)) {
          const expression = expressionOf(precondition.context);
          const { value } = evaluateAll({
            value: { expression: `\${${expression}}` },
            scope: expressionScope(execution, stage),
          });
          if (value.expression !== true && value.expression !== 'true') {
            return {
              kind: 'failed',
              exception: orcaException(
                'IllegalStateException',
                `Precondition failed: ${expression}`,
              ),
            };
          }
        }
        return succeeded();
      },
    },
  ],
};

function expressionOf(context: Json | undefined): string {
  return isJsonMap(context) ? String(context.expression ?? 'false') : 'false';
}
