// SPDX-License-Identifier: Apache-2.0
import type { AuditLine, AuditVerification } from '../view/auditVerification';
import type { DoctorReport } from '../view/doctorReport';
import type { DoraReport } from '../view/doraFigures';
import type { ServiceHealth } from '../view/serviceHealth';
import type { ServicePolicy } from '../view/servicePolicy';
import type { DeliveryRequestOptions } from './DeliveryApi';

/**
 * What those look at who run delivery or answer for it.
 *
 * @remarks
 * The doctor and the audit need `delivery.audit.read`; policies and figures need
 * `delivery.service.read` of the Service.
 * @public
 */
export interface DeliveryInsightApi {
  /** The Gates before an Environment, those of policies included. */
  getPolicy(
    service: string,
    request: { environment: string },
    options?: DeliveryRequestOptions,
  ): Promise<ServicePolicy>;
  /** What delivery of a Service lacks or cannot reach, and how to mend it. */
  getHealth(
    service: string,
    options?: DeliveryRequestOptions,
  ): Promise<ServiceHealth>;
  /** The four figures of the last days; 30 when left out. */
  getDoraFigures(
    request: { service?: string; days?: number },
    options?: DeliveryRequestOptions,
  ): Promise<DoraReport>;
  /** What is wrong with the set-up. */
  examine(options?: DeliveryRequestOptions): Promise<DoctorReport>;
  /** Walks over the record of all Promotions. */
  verifyAudit(options?: DeliveryRequestOptions): Promise<AuditVerification>;
  /** The record of all Promotions line by line, after a place in it. */
  exportAudit(
    request?: { after?: number; limit?: number },
    options?: DeliveryRequestOptions,
  ): AsyncIterable<AuditLine>;
}
