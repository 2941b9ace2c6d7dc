// SPDX-License-Identifier: Apache-2.0
export * from './Portal';
export * from './PortalApi';
export * from './Visitor';
export * from './until';
