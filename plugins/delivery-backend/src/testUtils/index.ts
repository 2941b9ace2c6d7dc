// SPDX-License-Identifier: Apache-2.0
/**
 * The promotion engine for tests that put it under strain from outside.
 *
 * @packageDocumentation
 */
export { assembleEngine } from './assembleEngine';
export type { EngineGround } from './assembleEngine';
export type { People } from '../catalog/People';
export { readDeliveryConfig } from '../config/readDeliveryConfig';
export type { DeliveryConfig } from '../config/DeliveryConfig';
export { listApprovals } from '../database/approvals';
export { findAdmittedClaim, findClaim } from '../database/claims';
export { listDeployments, saveDeployment } from '../database/deployments';
export { findLane, saveOccupancy } from '../database/lanes';
export { saveObservation, saveSourceState } from '../database/observations';
export { listOutsideChanges } from '../database/outsideChanges';
export { listPromotionEvents } from '../database/promotionEvents';
export {
  findPromotion,
  listPromotions,
  toPromotionRecord,
} from '../database/promotions';
export { findRelease, insertRelease } from '../database/releases';
export { replaceServices } from '../database/services';
export type { StoredService } from '../database/services';
export { verifyLog } from '../database/verifyLog';
export { decide, evaluateGates } from '../domain/decide';
export type { PromotionRecord } from '../domain/PromotionRecord';
export { toRelease } from '../domain/toRelease';
export { builtInGates } from '../gates/builtInGates';
export { loadAllFacts } from '../services/loadAllFacts';
export { planDoors } from '../view/planDoors';
export { createSeal } from '../wiring/createSeal';
export { DatabaseClock } from '../wiring/DatabaseClock';
