// SPDX-License-Identifier: Apache-2.0

/**
 * Contract suites and fakes of the ports.
 *
 * @packageDocumentation
 */

export * from './FakeBuildSource';
export * from './FakeCdEngine';
export * from './FakeClock';
export * from './FakeEnvironmentObserver';
export * from './describeBuildSource';
export * from './describeCdEngine';
export * from './describeEnvironmentObserver';
export * from './describeGate';
