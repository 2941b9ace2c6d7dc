// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  FakeBuildContext,
  RunFakeBuild,
} from 'backstage-plugin-jenkins-client/testUtils';
import { CredentialStore } from '../credentials';
import { Declarative, readDeclarative } from '../jenkinsfile/readDeclarative';
import { BuildScope } from './BuildScope';
import { checkOut } from './checkOut';
import { checkoutEnvironment, jenkinsEnvironment } from './jenkinsEnvironment';
import { runDeclarative } from './runDeclarative';
import { SecretMask } from './SecretMask';

/** Where builds run and what they find there. */
export interface BuildRunnerOptions {
  /** Workspaces lie below it. */
  dataDir: string;
  credentials: CredentialStore;
  /** The controller's address without a trailing slash; known once it listens. */
  controllerUrl(): string;
  /** PATH, HOME and whatever else every process on the agent has. */
  agentEnvironment(): Record<string, string>;
  /** Variables that the controller sets for every build. */
  globalEnvironment: Record<string, string>;
}

/**
 * Makes the function that runs a build for real: checks the commit out, reads its
 * Jenkinsfile and runs the scripts that it names.
 */
export function createBuildRunner(options: BuildRunnerOptions): RunFakeBuild {
  return async context => {
    const console = new SecretMask(text => context.log(text));
    try {
      return await runBuild(options, context, console);
    } finally {
      console.flush();
    }
  };
}

async function runBuild(
  options: BuildRunnerOptions,
  context: FakeBuildContext,
  console: SecretMask,
) {
  const { dataDir, credentials, controllerUrl, globalEnvironment } = options;
  const { git, signal } = context;
  if (!git) {
    throw new Error(
      'the simulated Jenkins runs only jobs whose Jenkinsfile lies in a Git repository',
    );
  }
  const workspace = join(dataDir, 'workspace', ...context.job.split('/'));
  mkdirSync(`${workspace}@tmp`, { recursive: true });
  const agent = options.agentEnvironment();

  const stage = context.startStage('Declarative: Checkout SCM');
  const revision = await checkOut({
    git,
    workspace,
    credentials,
    env: agent,
    signal,
    log: text => console.line(text),
  });
  context.checkedOut(revision);
  stage.end('success');

  const scope = new BuildScope(
    { context, console, credentials, outcome: { unstable: false } },
    workspace,
    {
      ...agent,
      TMPDIR: `${workspace}@tmp`,
      ...globalEnvironment,
      ...jenkinsEnvironment({
        context,
        controllerUrl: controllerUrl(),
        workspace,
      }),
      ...checkoutEnvironment(revision, context),
    },
  );
  return runDeclarative(readJenkinsfile(workspace, git.scriptPath), scope);
}

function readJenkinsfile(workspace: string, scriptPath: string): Declarative {
  let source: string;
  try {
    source = readFileSync(join(workspace, scriptPath), 'utf8');
  } catch {
    throw new Error(`Unable to find ${scriptPath} in the repository`);
  }
  try {
    return readDeclarative(source);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${scriptPath}: ${reason}`);
  }
}
