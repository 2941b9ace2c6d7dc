// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { z } from 'zod';

// Calls what a Jenkinsfile calls, as Groovy understands it, and writes it down.
const RECORDER = `
class Recorder {
  List recorded = []
  // a build of the default branch
  Map env = [GIT_BRANCH: 'origin/main']
  def methodMissing(String name, arguments) {
    def plain = arguments as List
    def inner = new Recorder()
    if (plain && plain[-1] instanceof Closure) {
      Closure body = plain[-1]
      plain = plain.take(plain.size() - 1)
      body.delegate = inner
      body.resolveStrategy = Closure.DELEGATE_ONLY
      body.call()
    }
    recorded << [name: name, arguments: plain.collect { it.toString() }, calls: inner.recorded]
    return name + '(' + plain.join(', ') + ')'
  }
  def propertyMissing(String name) { '<' + name + '>' }
  def propertyMissing(String name, value) {
    recorded << [name: '=', arguments: [name, value.toString()], calls: []]
  }
}
def recorder = new Recorder()
def whole = new GroovyShell().evaluate('{ ->\\n' + System.in.text + '\\n}')
whole.delegate = recorder
whole.resolveStrategy = Closure.DELEGATE_ONLY
whole.call()
print groovy.json.JsonOutput.toJson(recorder.recorded)
`;

const callSchema = z.object({
  name: z.string(),
  arguments: z.array(z.string()),
  get calls() {
    return z.array(callSchema);
  },
});

/** A step or section of a Jenkinsfile, with what stands in its braces. */
export type JenkinsfileCall = z.infer<typeof callSchema>;

/** One Jenkinsfile stage. */
export type JenkinsfileStage = {
  name: string;
  /** The scripts it runs, in order. */
  scripts: string[];
  /** Whether it runs for the branch main alone. */
  mainOnly: boolean;
  /** Ids of the credentials it sees. */
  credentials: string[];
};

/** The stages of a declarative Jenkinsfile, read by Groovy itself; needs Java. */
export function readJenkinsfile(text: string): JenkinsfileStage[] {
  const lint = dirname(require.resolve('npm-groovy-lint'));
  const output = execFileSync(
    'java',
    [
      '-cp',
      join(lint, 'java', 'groovy', 'lib', '*'),
      'groovy.ui.GroovyMain',
      '-e',
      RECORDER,
    ],
    { input: text, encoding: 'utf8' },
  );
  const [pipeline, ...others] = z.array(callSchema).parse(JSON.parse(output));
  if (pipeline?.name !== 'pipeline' || others.length > 0) {
    throw new Error('A declarative Jenkinsfile is one pipeline block');
  }
  return named(pipeline.calls, 'stages')
    .flatMap(({ calls }) => calls)
    .map(stage => ({
      name: stage.arguments[0],
      scripts: named(stage.calls, 'steps')
        .flatMap(({ calls }) => named(calls, 'sh'))
        .map(call => call.arguments[0].replace(/^sh /, '')),
      mainOnly: named(stage.calls, 'when').some(({ calls }) =>
        named(calls, 'anyOf').some(
          anyOf =>
            named(anyOf.calls, 'branch')[0]?.arguments[0] === 'main' &&
            anyOf.calls.length === 2,
        ),
      ),
      credentials: named(stage.calls, 'environment')
        .flatMap(({ calls }) => calls)
        .flatMap(
          ({ arguments: [, value = ''] }) =>
            /^credentials\((.+)\)$/.exec(value)?.[1] ?? [],
        ),
    }));
}

function named(
  calls: readonly JenkinsfileCall[],
  name: string,
): JenkinsfileCall[] {
  return calls.filter(call => call.name === name);
}
