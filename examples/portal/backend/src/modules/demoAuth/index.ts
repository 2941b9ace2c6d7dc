// SPDX-License-Identifier: Apache-2.0
export { authModuleDemo as default } from './module';
