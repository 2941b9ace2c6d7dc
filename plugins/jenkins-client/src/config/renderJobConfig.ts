// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import { escapeXml } from './escapeXml';
import { JobDefinition } from './JobDefinition';

/** The root element of a Pipeline job's `config.xml`. */
export const JOB_ROOT = 'flow-definition';
/** The job property that carries triggers. */
export const TRIGGERS_PROPERTY =
  'org.jenkinsci.plugins.workflow.job.properties.PipelineTriggersJobProperty';
/** Java classes of the three triggers we set. */
export const TRIGGER = {
  githubPush: 'com.cloudbees.jenkins.GitHubPushTrigger',
  poll: 'hudson.triggers.SCMTrigger',
  cron: 'hudson.triggers.TimerTrigger',
} as const;
/** The class of a definition whose Jenkinsfile is read from a repository. */
export const SCM_DEFINITION =
  'org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition';
/** The class of a Git checkout. */
export const GIT_SCM = 'hudson.plugins.git.GitSCM';
/** The Jenkinsfile's path when none is given. */
export const DEFAULT_SCRIPT_PATH = 'Jenkinsfile';

/**
 * Renders the `config.xml` of a job that runs the Jenkinsfile of a Git repository,
 * one build at a time.
 *
 * @throws InputError when a field holds what Jenkins or XML cannot carry.
 * @public
 */
export function renderJobConfig(definition: JobDefinition): string {
  checkJobDefinition(definition);
  return `<?xml version='1.1' encoding='UTF-8'?>
<${JOB_ROOT}>
  <actions/>
  <description>${escapeXml(definition.description ?? '')}</description>
  <keepDependencies>false</keepDependencies>
  <properties>
    <org.jenkinsci.plugins.workflow.job.properties.DisableConcurrentBuildsJobProperty>
      <abortPrevious>false</abortPrevious>
    </org.jenkinsci.plugins.workflow.job.properties.DisableConcurrentBuildsJobProperty>
    <jenkins.model.BuildDiscarderProperty>
      <strategy class="hudson.tasks.LogRotator">
        <daysToKeep>-1</daysToKeep>
        <numToKeep>100</numToKeep>
        <artifactDaysToKeep>-1</artifactDaysToKeep>
        <artifactNumToKeep>-1</artifactNumToKeep>
      </strategy>
    </jenkins.model.BuildDiscarderProperty>
    <${TRIGGERS_PROPERTY}>
      ${renderTriggers(definition)}
    </${TRIGGERS_PROPERTY}>
  </properties>
  ${renderScmDefinition(definition)}
  <triggers/>
  <disabled>false</disabled>
</${JOB_ROOT}>
`;
}

/** Renders the element that says where the Jenkinsfile comes from. */
export function renderScmDefinition(definition: JobDefinition): string {
  const scriptPath = definition.scriptPath ?? DEFAULT_SCRIPT_PATH;
  return `<definition class="${SCM_DEFINITION}">
    ${renderGitScm(definition)}
    <scriptPath>${escapeXml(scriptPath)}</scriptPath>
    <lightweight>true</lightweight>
  </definition>`;
}

/** Renders the Git checkout. */
export function renderGitScm(definition: JobDefinition): string {
  return `<scm class="${GIT_SCM}">
      <configVersion>2</configVersion>
      <userRemoteConfigs>
        ${renderRemote(definition)}
      </userRemoteConfigs>
      <branches>
        <hudson.plugins.git.BranchSpec>
          <name>${escapeXml(branchSpec(definition.branch))}</name>
        </hudson.plugins.git.BranchSpec>
      </branches>
      <doGenerateSubmoduleConfigurations>false</doGenerateSubmoduleConfigurations>
      <submoduleCfg class="empty-list"/>
      <extensions/>
    </scm>`;
}

/** Renders the repository of a Git checkout. */
export function renderRemote(definition: JobDefinition): string {
  const credentials = definition.credentialsId
    ? `
          <credentialsId>${escapeXml(definition.credentialsId)}</credentialsId>`
    : '';
  return `<hudson.plugins.git.UserRemoteConfig>
          <url>${escapeXml(definition.gitUrl)}</url>${credentials}
        </hudson.plugins.git.UserRemoteConfig>`;
}

/** Renders one trigger; an absent one renders as undefined. */
export function renderTrigger(
  kind: keyof typeof TRIGGER,
  definition: JobDefinition,
): string | undefined {
  const wanted = definition.triggers?.[kind];
  if (!wanted) {
    return undefined;
  }
  const spec =
    typeof wanted === 'string'
      ? `<spec>${escapeXml(wanted)}</spec>`
      : '<spec/>';
  const extra =
    kind === 'poll'
      ? '<ignorePostCommitHooks>false</ignorePostCommitHooks>'
      : '';
  return `<${TRIGGER[kind]}>${spec}${extra}</${TRIGGER[kind]}>`;
}

/** How a branch is named in a Git checkout of Jenkins: on whatever remote. */
export function branchSpec(branch: string): string {
  return `*/${branch}`;
}

/** Refuses what Jenkins would store but not understand, naming the field. */
export function checkJobDefinition(definition: JobDefinition): void {
  const url = URL.canParse(definition.gitUrl)
    ? new URL(definition.gitUrl)
    : undefined;
  if (url?.password) {
    throw new InputError(
      'gitUrl must not carry a password; name the credentials by credentialsId',
    );
  }
  if (!definition.gitUrl.trim()) {
    throw new InputError('gitUrl must not be empty');
  }
  if (!/^[^\s*?[\]~^:\\]+$/.test(definition.branch)) {
    throw new InputError(
      `branch '${definition.branch}' is not the name of one branch`,
    );
  }
  const path = definition.scriptPath ?? DEFAULT_SCRIPT_PATH;
  const segments = path.split('/');
  if (segments.some(segment => !segment || segment === '..')) {
    throw new InputError(
      `scriptPath '${path}' must be a path inside the repository`,
    );
  }
}

function renderTriggers(definition: JobDefinition): string {
  const triggers = [
    renderTrigger('githubPush', definition),
    renderTrigger('poll', definition),
    renderTrigger('cron', definition),
  ].filter(trigger => trigger !== undefined);
  return triggers.length === 0
    ? '<triggers/>'
    : `<triggers>
        ${triggers.join('\n        ')}
      </triggers>`;
}
