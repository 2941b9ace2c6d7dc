// SPDX-License-Identifier: Apache-2.0
export * from './CreatePage';
export * from './DeployPage';
export * from './freePorts';
export * from './Keyboard';
export * from './Portal';
export * from './PortalApi';
export * from './repository';
export * from './TestService';
export * from './Visitor';
export * from './until';
export * from './worldSchema';
