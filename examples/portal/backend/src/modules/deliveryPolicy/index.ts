// SPDX-License-Identifier: Apache-2.0
export { permissionModuleDeliveryPolicy as default } from './module';
