// SPDX-License-Identifier: Apache-2.0
import {
  auditLineSchema,
  auditVerificationSchema,
  doctorReportSchema,
} from 'backstage-plugin-delivery-common';
import { z } from 'zod';
import type { OperatorView } from '../services/OperatorView';
import { readRoute, type Route } from './Route';

/** The routes of those who run delivery or answer for it. */
export function operatorRoutes({
  operators,
}: {
  operators: OperatorView;
}): Route[] {
  return [
    readRoute({
      method: 'get',
      path: '/v1/doctor',
      summary: 'What is wrong with the set-up, and how to mend it',
      answer: doctorReportSchema,
      async handle({ credentials, request }) {
        return {
          status: 200,
          body: await operators.examine({ credentials, request }),
        };
      },
    }),
    readRoute({
      method: 'get',
      path: '/v1/audit/verification',
      summary: 'Whether the record of promotions is what was written',
      answer: auditVerificationSchema,
      async handle({ credentials, request }) {
        return {
          status: 200,
          body: await operators.verifyAudit({ credentials, request }),
        };
      },
    }),
    readRoute({
      method: 'get',
      path: '/v1/audit/export',
      summary:
        'The record of promotions as JSON Lines, after the place of the last line that was read',
      query: z.object({
        after: z.coerce.number().int().nonnegative().default(0),
        limit: z.coerce.number().int().positive().optional(),
      }),
      line: auditLineSchema,
      async handle({ credentials, query, request }) {
        return {
          lines: await operators.exportAudit(query, { credentials, request }),
        };
      },
    }),
  ];
}
