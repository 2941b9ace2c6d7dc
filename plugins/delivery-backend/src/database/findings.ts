// SPDX-License-Identifier: Apache-2.0
import type { Db } from './Db';

/** What one source said of the binding of a Service. */
export type StoredFinding = {
  service: string;
  /** `jenkins`, `spinnaker:staging`, `kubernetes:prod`, … */
  subject: string;
  state: 'found' | 'missing' | 'unknown' | 'refused';
  detail: string;
  at: string;
};

/** What all sources said of the binding of a Service. */
export async function listFindings(
  db: Db,
  service: string,
): Promise<StoredFinding[]> {
  return db<StoredFinding>('delivery_findings')
    .select('service', 'subject', 'state', 'detail', 'at')
    .where({ service })
    .orderBy('subject');
}

/** Stores what a source said last; `false` when it said the same before. */
export async function saveFinding(
  db: Db,
  finding: StoredFinding,
): Promise<boolean> {
  const { service, subject } = finding;
  const before = await db<StoredFinding>('delivery_findings')
    .where({ service, subject })
    .first('state', 'detail');
  await db<StoredFinding>('delivery_findings')
    .insert(finding)
    .onConflict(['service', 'subject'])
    .merge();
  return before?.state !== finding.state || before.detail !== finding.detail;
}
