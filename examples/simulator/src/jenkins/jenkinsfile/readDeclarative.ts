// SPDX-License-Identifier: Apache-2.0
import {
  Call,
  Expression,
  parseJenkinsfile,
  Statement,
} from './parseJenkinsfile';

/** Variables of an `environment` block, in order. */
export type EnvironmentEntry = { name: string; value: Expression };

/** When the steps of a `post` block run. */
export type PostCondition = { condition: string; steps: Statement[] };

/** One stage; it has steps or stages of its own. */
export type StageDefinition = {
  name: string;
  when: Statement[];
  environment: EnvironmentEntry[];
  steps: Statement[];
  stages: StageDefinition[];
  post: PostCondition[];
};

/** A declarative Jenkinsfile as far as the simulator runs it. */
export type Declarative = {
  environment: EnvironmentEntry[];
  stages: StageDefinition[];
  post: PostCondition[];
  skipDefaultCheckout: boolean;
};

/** Sections that say where or how to run; they change nothing here. */
const READ_OVER = new Set([
  'agent',
  'tools',
  'triggers',
  'parameters',
  'libraries',
  'failFast',
  'input',
]);

/**
 * Reads a declarative Jenkinsfile.
 *
 * @throws Error naming the line and what is not understood.
 */
export function readDeclarative(source: string): Declarative {
  const top = callsOf(parseJenkinsfile(source), 'the Jenkinsfile');
  const root = top.find(call => call.name === 'pipeline');
  if (!root?.block || top.length !== 1) {
    throw new Error('only a declarative Jenkinsfile, pipeline { … }, is run');
  }
  const declarative: Declarative = {
    environment: [],
    stages: [],
    post: [],
    skipDefaultCheckout: false,
  };
  for (const section of callsOf(root.block, 'pipeline')) {
    const block = section.block ?? [];
    if (section.name === 'environment') {
      declarative.environment = readEnvironment(block);
    } else if (section.name === 'stages') {
      declarative.stages = readStages(block);
    } else if (section.name === 'post') {
      declarative.post = readPost(block);
    } else if (section.name === 'options') {
      declarative.skipDefaultCheckout = callsOf(block, 'options').some(
        option => option.name === 'skipDefaultCheckout',
      );
    } else if (!READ_OVER.has(section.name)) {
      throw unknown(section, 'pipeline');
    }
  }
  return declarative;
}

function readStages(statements: Statement[]): StageDefinition[] {
  return callsOf(statements, 'stages').map(call => {
    const [name] = call.positional;
    if (call.name !== 'stage' || name?.kind !== 'literal' || !call.block) {
      throw unknown(call, 'stages');
    }
    return readStage(String(name.value), call.block);
  });
}

function readStage(name: string, statements: Statement[]): StageDefinition {
  const stage: StageDefinition = {
    name,
    when: [],
    environment: [],
    steps: [],
    stages: [],
    post: [],
  };
  for (const section of callsOf(statements, `stage '${name}'`)) {
    const block = section.block ?? [];
    switch (section.name) {
      case 'when':
        stage.when = block;
        break;
      case 'environment':
        stage.environment = readEnvironment(block);
        break;
      case 'steps':
        stage.steps = block;
        break;
      case 'stages':
      case 'parallel':
        stage.stages = readStages(block);
        break;
      case 'post':
        stage.post = readPost(block);
        break;
      case 'options':
        break;
      default:
        if (!READ_OVER.has(section.name)) {
          throw unknown(section, `stage '${name}'`);
        }
    }
  }
  return stage;
}

function readEnvironment(statements: Statement[]): EnvironmentEntry[] {
  return statements.map(statement => {
    if (statement.kind !== 'assignment') {
      throw new Error('environment holds only lines of the form NAME = value');
    }
    return { name: statement.name, value: statement.value };
  });
}

function readPost(statements: Statement[]): PostCondition[] {
  return callsOf(statements, 'post').map(call => ({
    condition: call.name,
    steps: call.block ?? [],
  }));
}

function callsOf(statements: Statement[], where: string): Call[] {
  return statements.map(statement => {
    if (statement.kind !== 'call') {
      throw new Error(
        `line ${statement.line}: only sections are understood in ${where}`,
      );
    }
    return statement.call;
  });
}

function unknown(call: Call, where: string): Error {
  return new Error(
    `line ${call.line}: '${call.name}' is not understood in ${where}`,
  );
}
