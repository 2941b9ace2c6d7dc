// SPDX-License-Identifier: Apache-2.0
import { createMockDirectory } from '@backstage/backend-test-utils';
import { readFileSync } from 'node:fs';
import { scaffoldFolder } from '../../__testUtils__/scaffoldFolder';
import { evaluateWhen, EvaluationContext } from './evaluate';
import { parseJenkinsfile } from './parseJenkinsfile';
import { readDeclarative } from './readDeclarative';

const context: EvaluationContext = {
  environment: { GIT_BRANCH: 'origin/main', LEVEL: '2' },
  parameters: { release: 'yes' },
  causes: ['cron'],
};

/** What a `when` block says. */
function when(
  conditions: string,
  change: Partial<EvaluationContext['environment']> = {},
): boolean {
  const source = `pipeline { stages { stage('A') { when { ${conditions} } steps { echo 'x' } } } }`;
  const [stage] = readDeclarative(source).stages;
  const environment: Record<string, string> = { ...context.environment };
  for (const [name, value] of Object.entries(change)) {
    environment[name] = value ?? '';
  }
  return evaluateWhen(stage.when, { ...context, environment });
}

describe('readDeclarative', () => {
  const workspace = createMockDirectory();

  /** The Jenkinsfile that the scaffolder makes of a part of the template. */
  async function scaffold(folder: string): Promise<string> {
    await scaffoldFolder({
      folder,
      workspace: workspace.path,
      values: {
        name: 'orders',
        handOverTo: ['dev'],
        imageOrganisation: 'northwind',
        scanFailsOn: 'CRITICAL',
        notifyChannel: '#orders',
        published: { name: 'web', repository: '', version: '1.0.0' },
      },
    });
    return readFileSync(workspace.resolve(folder, 'Jenkinsfile'), 'utf8');
  }

  it.each([
    ['artifact', 'NOTIFY_CHANNEL'],
    ['chart', 'HAND_OVER_TO'],
  ])('understands the %s template', async (folder, variable) => {
    const { stages, environment } = readDeclarative(await scaffold(folder));
    expect(environment.map(({ name }) => name)).toContain(variable);
    expect(stages.length).toBeGreaterThan(3);
    const scripts = stages.flatMap(stage => stage.steps);
    expect(scripts.length).toBeGreaterThanOrEqual(stages.length);
  });

  it('reads strings, lists, named arguments and comments', () => {
    const [statement] = parseJenkinsfile(`
      /* a { comment */ step('one', [1, true, "a \${B}"],
        name: 'it\\'s', other: [x(y: 2)]) // { another
    `);
    expect(statement).toMatchObject({
      kind: 'call',
      call: {
        name: 'step',
        positional: [
          { kind: 'literal', value: 'one' },
          {
            kind: 'list',
            elements: [
              { value: 1 },
              { value: true },
              { kind: 'template', parts: ['a ', 'B', ''] },
            ],
          },
        ],
        named: { name: { value: "it's" }, other: { kind: 'list' } },
      },
    });
  });

  it('finds nested stages and post conditions', () => {
    const { stages, post } = readDeclarative(`pipeline {
      agent any
      stages {
        stage('Outer') {
          parallel {
            stage('Left') { steps { sh 'a' } }
            stage('Right') { steps { sh '''b
c''' } post { always { echo 'done' } } }
          }
        }
      }
      post { failure { echo 'failed' } }
    }`);
    expect(stages[0].stages.map(stage => stage.name)).toEqual([
      'Left',
      'Right',
    ]);
    expect(stages[0].stages[1].post).toMatchObject([{ condition: 'always' }]);
    expect(post).toMatchObject([{ condition: 'failure' }]);
  });

  it.each<[string, RegExp]>([
    ['node { sh "x" }', /only a declarative Jenkinsfile/],
    [
      'pipeline {\n stages {\n stage("A") { steps { sh \'x } } } }',
      /line 3: the string is never closed/,
    ],
    [
      'pipeline {\n agent any\n matrix { }\n}',
      /line 3: 'matrix' is not understood/,
    ],
    [
      'pipeline {\n stages { stage("A") { steps { sh "x" }\n',
      /'}' was expected/,
    ],
    ['pipeline { environment { sh "x" } }', /NAME = value/],
  ])('refuses %j', (source, message) => {
    expect(() => readDeclarative(source)).toThrow(message);
  });
});

describe('when', () => {
  it.each<[string, boolean]>([
    ["branch 'main'", false],
    ["environment name: 'GIT_BRANCH', value: 'origin/main'", true],
    ["anyOf { branch 'main'; environment name: 'LEVEL', value: '2' }", true],
    ["allOf { branch 'main'; environment name: 'LEVEL', value: '2' }", false],
    ['not { changeRequest() }', true],
    ["triggeredBy 'TimerTrigger'", true],
    ["triggeredBy 'SCMTrigger'", false],
    ["expression { env.GIT_BRANCH == 'origin/main' && !false }", true],
    ["expression { return params.release != 'yes' }", false],
    ['expression { return "${LEVEL}" == "2" || nothing }', true],
  ])('%s is %s', (condition, result) => {
    expect(when(condition)).toBe(result);
  });

  it('knows branches in multibranch projects only', () => {
    expect(when("branch 'main'", { BRANCH_NAME: 'main' })).toBe(true);
    expect(when("branch 'rel-*'", { BRANCH_NAME: 'rel-1' })).toBe(true);
    expect(when('changeRequest()', { CHANGE_ID: '7' })).toBe(true);
  });

  it('refuses what it does not know instead of guessing', () => {
    expect(() => when('changelog "x"')).toThrow(
      /'changelog' is not understood/,
    );
    expect(() => when('expression { foo(1) }')).toThrow(/not understood/);
  });
});
