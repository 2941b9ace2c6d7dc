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
  FakeJenkinsState,
  FakeStageState,
} from './fakeJenkinsState';
export type { ReadFakeHead } from './fakeTriggers';
export { jenkinsHandlers } from './jenkinsHandlers';
export type { FakeGit } from './readItemConfig';
export { ScriptedBuilds, type ScriptedBuild } from './ScriptedBuilds';
