// SPDX-License-Identifier: Apache-2.0
/**
 * A fake Jenkins controller for tests and for the simulator.
 *
 * @packageDocumentation
 */
export type { FakeBuildContext, RunFakeBuild } from './BuildContext';
export {
  FakeJenkins,
  type FakeJenkinsFault,
  type FakeJenkinsOptions,
} from './FakeJenkins';
export type {
  FakeBuild,
  FakeCause,
  FakeItem,
  FakeJenkinsState,
  FakeQueueItem,
  FakeStage,
  FakeStageState,
} from './fakeJenkinsState';
export type { ReadFakeHead } from './fakeTriggers';
export { jenkinsHandlers } from './jenkinsHandlers';
export type { FakeGit } from './readItemConfig';
export type { JenkinsBuildResult } from '../model';
export { ScriptedBuilds, type ScriptedBuild } from './ScriptedBuilds';
