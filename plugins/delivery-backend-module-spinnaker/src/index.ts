// SPDX-License-Identifier: Apache-2.0
/**
 * Carries promotions out as Spinnaker executions.
 *
 * @packageDocumentation
 */
export { default } from './module';
export { SpinnakerEngine } from './SpinnakerEngine';
export { readSpinnakerSettings } from './SpinnakerSettings';
export type { SpinnakerSettings } from './SpinnakerSettings';
