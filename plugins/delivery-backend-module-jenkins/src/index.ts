// SPDX-License-Identifier: Apache-2.0
/**
 * Turns Jenkins builds into Releases.
 *
 * @packageDocumentation
 */
export { deliveryModuleJenkins as default } from './module';
