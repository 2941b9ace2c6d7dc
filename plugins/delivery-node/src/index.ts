// SPDX-License-Identifier: Apache-2.0

/**
 * The ports of delivery: interfaces a third party implements.
 *
 * @packageDocumentation
 */

export * from './ports/BuildSource';
export * from './ports/CdEngine';
export * from './ports/Clock';
export * from './ports/DeliveredService';
export * from './ports/EnvironmentObserver';
export * from './ports/Gate';
export * from './ports/systemClock';
export * from './extensions/deliveryBuildSourceExtensionPoint';
export * from './extensions/deliveryClockExtensionPoint';
export * from './extensions/deliveryEngineExtensionPoint';
export * from './extensions/deliveryGateExtensionPoint';
export * from './extensions/deliveryObserverExtensionPoint';
export * from './permissions/deliveryConditions';
export * from './permissions/deliveryEnvironmentResourceRef';
export * from './permissions/deliveryEnvironmentRules';
export * from './digestOf';
export * from './takeTurns';
