// SPDX-License-Identifier: Apache-2.0
import { FakeBuild, FakeStage } from './fakeJenkinsState';

const CAUSES = {
  user: 'hudson.model.Cause$UserIdCause',
  push: 'com.cloudbees.jenkins.GitHubPushCause',
  poll: 'hudson.triggers.SCMTrigger$SCMTriggerCause',
  cron: 'hudson.triggers.TimerTrigger$TimerTriggerCause',
};

/** A build as `…/api/json` shows it. */
export function buildJson(build: FakeBuild, url: string) {
  const parameters = Object.entries(build.parameters).map(([name, value]) => ({
    _class: 'hudson.model.StringParameterValue',
    name,
    value,
  }));
  const actions: object[] = [
    {
      _class: 'hudson.model.CauseAction',
      causes: build.causes.map(cause => ({
        _class: CAUSES[cause.kind],
        shortDescription: cause.shortDescription,
        ...(cause.userId && { userId: cause.userId, userName: cause.userId }),
      })),
    },
  ];
  if (parameters.length > 0) {
    actions.push({ _class: 'hudson.model.ParametersAction', parameters });
  }
  if (build.revision) {
    const { commit, branch } = build.revision;
    actions.push({
      _class: 'hudson.plugins.git.util.BuildData',
      lastBuiltRevision: {
        SHA1: commit,
        branch: [{ SHA1: commit, name: `refs/remotes/${branch}` }],
      },
      remoteUrls: [build.revision.url],
    });
  }
  actions.push({});
  return {
    _class: 'org.jenkinsci.plugins.workflow.job.WorkflowRun',
    actions,
    artifacts: build.artifacts.map(({ path }) => ({
      displayPath: path,
      fileName: path.split('/').pop(),
      relativePath: path,
    })),
    building: build.result === undefined,
    description: null,
    displayName: `#${build.number}`,
    duration: build.durationMs ?? 0,
    fullDisplayName: `${build.job.split('/').join(' » ')} #${build.number}`,
    id: String(build.number),
    inProgress: build.result === undefined,
    keepLog: false,
    number: build.number,
    queueId: build.queueId,
    result: build.result ?? null,
    timestamp: build.startedAt,
    url,
  };
}

const DESCRIBE_STATUS: Record<FakeStage['state'], string> = {
  running: 'IN_PROGRESS',
  skipped: 'NOT_EXECUTED',
  success: 'SUCCESS',
  unstable: 'UNSTABLE',
  failure: 'FAILED',
  aborted: 'ABORTED',
};
const RUN_STATUS = {
  SUCCESS: 'SUCCESS',
  UNSTABLE: 'UNSTABLE',
  FAILURE: 'FAILED',
  NOT_BUILT: 'NOT_EXECUTED',
  ABORTED: 'ABORTED',
};

/** A build as `wfapi/describe` shows it: a flat list of stages. */
export function describeJson(build: FakeBuild, path: string, now: number) {
  const duration = build.durationMs ?? now - build.startedAt;
  return {
    _links: { self: { href: `${path}/wfapi/describe` } },
    id: String(build.number),
    name: `#${build.number}`,
    status: build.result ? RUN_STATUS[build.result] : 'IN_PROGRESS',
    startTimeMillis: build.startedAt,
    endTimeMillis: build.startedAt + duration,
    durationMillis: duration,
    queueDurationMillis: 0,
    pauseDurationMillis: 0,
    stages: build.stages.map(stage => ({
      _links: {
        self: { href: `${path}/execution/node/${stage.id}/wfapi/describe` },
      },
      id: stage.id,
      name: stage.name,
      execNode: '',
      status: DESCRIBE_STATUS[stage.state],
      startTimeMillis: stage.startedAt,
      durationMillis: stage.durationMs ?? now - stage.startedAt,
      pauseDurationMillis: 0,
    })),
  };
}

/** A build as `stages/tree` shows it: a tree of stages. */
export function stageTreeJson(build: FakeBuild, path: string) {
  return {
    status: 'ok',
    data: {
      complete: build.result !== undefined,
      stages: build.stages.map(stage => ({
        id: stage.id,
        name: stage.name,
        state: stage.state,
        type: 'STAGE',
        title: stage.name,
        pauseDurationMillis: 0,
        startTimeMillis: stage.startedAt,
        totalDurationMillis: stage.durationMs ?? null,
        children: [],
        seqContainerName: null,
        nextSibling: null,
        sequential: false,
        synthetic: false,
        placeholder: false,
        agent: 'built-in',
        url: `${path}/stages?selected-node=${stage.id}`,
      })),
    },
  };
}
