// SPDX-License-Identifier: Apache-2.0
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { evaluate } from '../jenkinsfile/evaluate';
import { Call, Statement } from '../jenkinsfile/parseJenkinsfile';
import { BuildScope } from './BuildScope';
import { findFiles } from './findFiles';
import { junitCounts } from './junitCounts';
import { runProcess } from './runProcess';

const MAX_ARTIFACT_BYTES = 5 * 1024 * 1024;

/**
 * Runs steps one after another.
 *
 * @throws Error for the first one that fails, or that this simulator does not have.
 */
export async function runSteps(
  statements: readonly Statement[],
  scope: BuildScope,
): Promise<void> {
  for (const statement of statements) {
    scope.shared.context.signal.throwIfAborted();
    if (statement.kind !== 'call') {
      throw new Error(
        `line ${statement.line}: only steps are run here; put the logic into a script of the repository`,
      );
    }
    await runStep(statement.call, scope);
  }
}

async function runStep(call: Call, scope: BuildScope): Promise<void> {
  const { console, outcome } = scope.shared;
  const block = call.block ?? [];
  switch (call.name) {
    case 'sh':
      return runShell(call, scope);
    case 'echo':
      return console.line(argument(call, scope, 'message') ?? '');
    case 'error':
      throw new Error(argument(call, scope, 'message') ?? 'error');
    case 'unstable':
      console.line(`WARNING: ${argument(call, scope, 'message') ?? ''}`);
      outcome.unstable = true;
      return undefined;
    case 'junit':
      return publishTests(call, scope);
    case 'archiveArtifacts':
      return archiveArtifacts(call, scope);
    case 'dir':
      return runSteps(block, scope.in(inside(call, scope)));
    case 'withEnv':
      return runSteps(block, scope.with(pairs(call, scope)));
    case 'withCredentials':
      return runSteps(block, bindCredentials(call, scope));
    case 'retry':
      return retry(call, scope);
    case 'catchError':
    case 'warnError':
      return catchError(call, scope);
    case 'checkout':
      return console.line('The commit of this build is checked out already');
    case 'deleteDir':
    case 'cleanWs':
      return emptyFolder(scope.cwd);
    case 'if':
      return call.positional.every(one => evaluate(one, scope.evaluation()))
        ? runSteps(block, scope)
        : undefined;
    case 'script':
    case 'timeout':
    case 'timestamps':
    case 'ansiColor':
    case 'lock':
    case 'stage':
    case 'node':
      return runSteps(block, scope);
    default:
      throw new Error(
        `line ${call.line}: the simulated Jenkins has no step '${call.name}'`,
      );
  }
}

async function runShell(call: Call, scope: BuildScope): Promise<void> {
  const { console, context } = scope.shared;
  const script = argument(call, scope, 'script') ?? '';
  const tmp = scope.environment.WORKSPACE_TMP;
  const file = join(tmp, 'script.sh');
  mkdirSync(tmp, { recursive: true });
  mkdirSync(scope.cwd, { recursive: true });
  writeFileSync(file, script);
  const code = await runProcess({
    command: 'sh',
    args: ['-xe', file],
    cwd: scope.cwd,
    env: { ...scope.environment },
    signal: context.signal,
    onOutput: text => console.add(text),
  });
  console.flush();
  context.signal.throwIfAborted();
  if (code !== 0) {
    throw new Error(`script returned exit code ${code}`);
  }
}

function publishTests(call: Call, scope: BuildScope): void {
  const { console, context, outcome } = scope.shared;
  const pattern = argument(call, scope, 'testResults') ?? '';
  const files = findFiles(scope.cwd, pattern);
  console.line('Recording test results');
  if (files.length === 0) {
    if (flag(call, scope, 'allowEmptyResults')) {
      return console.line('None of the test reports contained any result');
    }
    throw new Error('No test report files were found. Configuration error?');
  }
  for (const file of files) {
    const counts = junitCounts(readFileSync(join(scope.cwd, file), 'utf8'));
    context.addTests(counts);
    outcome.unstable = outcome.unstable || counts.failed > 0;
  }
  return undefined;
}

function archiveArtifacts(call: Call, scope: BuildScope): void {
  const { console, context } = scope.shared;
  const pattern = argument(call, scope, 'artifacts') ?? '';
  const files = findFiles(scope.cwd, pattern);
  console.line('Archiving artifacts');
  if (files.length === 0) {
    const message = `No artifacts found that match the file pattern "${pattern}". Configuration error?`;
    if (flag(call, scope, 'allowEmptyArchive')) {
      return console.line(message);
    }
    throw new Error(message);
  }
  for (const file of files) {
    const content = readFileSync(join(scope.cwd, file));
    if (content.byteLength > MAX_ARTIFACT_BYTES) {
      throw new Error(`${file} is too large for the simulated Jenkins`);
    }
    context.archive(file, content);
  }
  return undefined;
}

function bindCredentials(call: Call, scope: BuildScope): BuildScope {
  const { credentials, console } = scope.shared;
  const [list] = call.positional;
  let bound = scope;
  for (const element of list?.kind === 'list' ? list.elements : []) {
    if (element.kind !== 'call') {
      throw new Error(`line ${call.line}: bindings were expected`);
    }
    const { name, named } = element.call;
    const text = (key: string) => scope.text(named[key]) ?? '';
    const found = credentials.require(text('credentialsId'));
    if (name === 'string' && 'secret' in found) {
      console.hide([found.secret]);
      bound = bound.with({ [text('variable')]: found.secret });
    } else if (name === 'usernamePassword' && 'password' in found) {
      console.hide([found.password]);
      bound = bound.with({
        [text('usernameVariable')]: found.username,
        [text('passwordVariable')]: found.password,
      });
    } else {
      throw new Error(
        `line ${call.line}: '${name}' does not fit the credentials '${found.id}'`,
      );
    }
  }
  return bound;
}

async function retry(call: Call, scope: BuildScope): Promise<void> {
  const times = Number(argument(call, scope, 'count') ?? 1);
  for (let attempt = 1; ; attempt++) {
    try {
      return await runSteps(call.block ?? [], scope);
    } catch (error) {
      scope.shared.context.signal.throwIfAborted();
      if (attempt >= times) {
        throw error;
      }
      scope.shared.console.line(`ERROR: ${error}; retrying`);
    }
  }
}

async function catchError(call: Call, scope: BuildScope): Promise<void> {
  try {
    await runSteps(call.block ?? [], scope);
  } catch (error) {
    const { context, console, outcome } = scope.shared;
    context.signal.throwIfAborted();
    console.line(`ERROR: ${error instanceof Error ? error.message : error}`);
    const result = scope.text(call.named.buildResult);
    if (call.name === 'catchError' && (result ?? 'FAILURE') === 'FAILURE') {
      throw error;
    }
    outcome.unstable = outcome.unstable || result !== 'SUCCESS';
  }
}

/** The one positional argument of a step, or the named one. */
function argument(
  call: Call,
  scope: BuildScope,
  name: string,
): string | undefined {
  return scope.text(call.positional[0] ?? call.named[name]);
}

function flag(call: Call, scope: BuildScope, name: string): boolean {
  return scope.text(call.named[name]) === 'true';
}

function inside(call: Call, scope: BuildScope): string {
  const folder = resolve(scope.cwd, argument(call, scope, 'path') ?? '.');
  const workspace = scope.environment.WORKSPACE;
  if (folder !== workspace && !folder.startsWith(`${workspace}${sep}`)) {
    throw new Error(`line ${call.line}: the folder is outside the workspace`);
  }
  return folder;
}

function pairs(call: Call, scope: BuildScope): Record<string, string> {
  const [list] = call.positional;
  const values = list && evaluate(list, scope.evaluation());
  const texts = Array.isArray(values) ? values.map(String) : [];
  return Object.fromEntries(
    texts.map(text => {
      const at = text.indexOf('=');
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

function emptyFolder(folder: string): void {
  for (const name of readdirSync(folder)) {
    rmSync(join(folder, name), { recursive: true, force: true });
  }
}
