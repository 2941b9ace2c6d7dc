// SPDX-License-Identifier: Apache-2.0
import type { FakeBuildContext } from 'backstage-plugin-jenkins-client/testUtils';
import { CredentialStore, credentialVariables } from '../credentials';
import { evaluate, EvaluationContext } from '../jenkinsfile/evaluate';
import { Expression } from '../jenkinsfile/parseJenkinsfile';
import { EnvironmentEntry } from '../jenkinsfile/readDeclarative';
import { SecretMask } from './SecretMask';

/** What the parts of one build share. */
export type BuildShared = {
  context: FakeBuildContext;
  console: SecretMask;
  credentials: CredentialStore;
  /** Raised by steps, never lowered. */
  outcome: { unstable: boolean };
};

/** The surroundings of a step: working directory and environment, changed by enclosing blocks. */
export class BuildScope {
  readonly shared: BuildShared;
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;

  constructor(
    shared: BuildShared,
    cwd: string,
    environment: Readonly<Record<string, string>>,
  ) {
    this.shared = shared;
    this.cwd = cwd;
    this.environment = environment;
  }

  /** The same with more variables. */
  with(variables: Record<string, string>): BuildScope {
    return new BuildScope(this.shared, this.cwd, {
      ...this.environment,
      ...variables,
    });
  }

  /** The same in another folder. */
  in(cwd: string): BuildScope {
    return new BuildScope(this.shared, cwd, this.environment);
  }

  /** The same with the variables of an `environment` block; secrets are hidden from then on. */
  withEntries(entries: readonly EnvironmentEntry[]): BuildScope {
    return entries.reduce((scope, { name, value }) => {
      if (value.kind === 'call' && value.call.name === 'credentials') {
        const [id] = value.call.positional;
        return scope.withCredential(name, scope.text(id) ?? '');
      }
      return scope.with({ [name]: scope.text(value) ?? '' });
    }, this.with({}));
  }

  /** The same with the variables of `NAME = credentials('id')`. */
  withCredential(name: string, id: string): BuildScope {
    const { credentials, console } = this.shared;
    const bound = credentialVariables(name, credentials.require(id));
    console.hide(bound.secrets);
    return this.with(bound.variables);
  }

  /** An expression as text, or undefined for an absent or null one. */
  text(expression: Expression | undefined): string | undefined {
    const value = expression && evaluate(expression, this.evaluation());
    return value === undefined ? undefined : String(value);
  }

  /** What expressions may ask about here. */
  evaluation(): EvaluationContext {
    const { parameters, causes } = this.shared.context;
    return {
      environment: this.environment,
      parameters,
      causes: causes.map(cause => cause.kind),
    };
  }
}
