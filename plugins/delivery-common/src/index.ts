// SPDX-License-Identifier: Apache-2.0

/**
 * What delivery means: the model, its schemas, permissions, pure rules and the
 * HTTP client.
 *
 * @packageDocumentation
 */

export * from './model/approval';
export * from './model/deployment';
export * from './model/environment';
export * from './model/evidence';
export * from './model/names';
export * from './model/observation';
export * from './model/override';
export * from './model/promotion';
export * from './model/promotionKind';
export * from './model/release';
export * from './model/subject';
export * from './model/verdict';
export * from './records/imageRecord';
export * from './records/releaseRecord';
export * from './view/approvalRequest';
export * from './view/auditVerification';
export * from './view/buildSummary';
export * from './view/doctorReport';
export * from './view/doraFigures';
export * from './view/historyEntry';
export * from './view/listedRelease';
export * from './view/page';
export * from './view/promotionDetail';
export * from './view/releaseDiff';
export * from './view/serviceDelivery';
export * from './view/serviceOverview';
export * from './view/serviceHealth';
export * from './view/servicePolicy';
export * from './view/workloadLogs';
export * from './client/DeliveryApi';
export * from './client/DeliveryClient';
export * from './client/DeliveryInsightApi';
export * from './client/requests';
export * from './permissions/deliveryEnvironmentRef';
export * from './permissions/parseDeliveryEnvironmentRef';
export * from './permissions/permissions';
export * from './rules/addressOfFile';
export * from './rules/canonicalJson';
export * from './rules/changedSubjectFields';
export * from './rules/chartHandOver';
export * from './rules/cloneAddressOf';
export * from './rules/manifestRenderer';
export * from './rules/repositoryOfLocation';
export * from './rules/rolloutStrategy';
export * from './rules/sourceHosts';
export * from './rules/summarizeRelease';
export * from './annotations';
export * from './hintChannel';
