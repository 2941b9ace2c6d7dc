// SPDX-License-Identifier: Apache-2.0

export { delivery } from './baseDelivery';
export * from './busyDeliveries';
export * from './troubledDeliveries';
