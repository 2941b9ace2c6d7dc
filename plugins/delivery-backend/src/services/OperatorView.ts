// SPDX-License-Identifier: Apache-2.0
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  AuditLine,
  AuditVerification,
  DoctorReport,
} from 'backstage-plugin-delivery-common';
import type { Request } from 'express';

/** On whose behalf it is looked at. */
export type OperatorOptions = {
  credentials: BackstageCredentials;
  /** The HTTP request behind it, for the audit log. */
  request?: Request;
};

/**
 * What those look at who run delivery or answer for it.
 *
 * @remarks
 * Implementations throw `NotAllowedError` for what the person may not see.
 */
export interface OperatorView {
  /** What is wrong with the set-up. */
  examine(options: OperatorOptions): Promise<DoctorReport>;
  /** Walks over the record of all Promotions. */
  verifyAudit(options: OperatorOptions): Promise<AuditVerification>;
  /** The lines of the record after a place, as they are read. */
  exportAudit(
    query: { after: number; limit?: number },
    options: OperatorOptions,
  ): Promise<AsyncIterable<AuditLine>>;
}
