// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import type { Environment } from '../config/Environment';
import type { Answers, Strategy } from './answerSchemas';

/**
 * How a new version takes the place of the old one in each Environment: what was said of the
 * Environment, else of its tier, else `rolling`.
 *
 * @throws InputError naming the field, when it names no Environment of the path or the chart
 * cannot do it.
 */
export function planStrategies(options: {
  answers: Answers;
  environments: readonly Environment[];
}): Record<string, Strategy> {
  const { answers, environments } = options;
  const names = environments.map(({ name }) => name);
  const unknown = Object.keys(answers.strategy).find(
    name => !names.includes(name),
  );
  if (unknown !== undefined) {
    throw new InputError(
      `strategy.${unknown}: there is no environment of that name; there are ${names.join(
        ', ',
      )}`,
    );
  }
  const chosen = environments.map(
    ({ name, tier }) =>
      [
        name,
        answers.strategy[name] ?? answers.tiers[tier]?.strategy ?? 'rolling',
      ] as const,
  );
  const switched = chosen.find(([, strategy]) => strategy === 'blue-green');
  if (switched && answers.chart.kind === 'published') {
    throw new InputError(
      `strategy.${switched[0]}: blue-green needs a chart of its own; a published chart decides for itself how it is rolled out`,
    );
  }
  if (switched && answers.renderer === 'kustomize') {
    throw new InputError(
      `strategy.${switched[0]}: blue-green needs Helm; what is rendered with Kustomize is rolled out`,
    );
  }
  return Object.fromEntries(chosen);
}
