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

/** What is said again is written down again after so long. */
const SAID_AGAIN_MS = 5 * 60_000;

/**
 * Stores what a source said last; `false` when it said the same before.
 *
 * @remarks
 * What was said a moment ago is not written again: every binding is looked at all
 * the time, and each transaction waits for a disk.
 */
export async function saveFinding(
  db: Db,
  finding: StoredFinding,
): Promise<boolean> {
  const { service, subject } = finding;
  const before = await db<StoredFinding>('delivery_findings')
    .where({ service, subject })
    .first('state', 'detail', 'at');
  const isNew =
    before?.state !== finding.state || before.detail !== finding.detail;
  const age = before ? Date.parse(finding.at) - Date.parse(before.at) : NaN;
  if (!isNew && age >= 0 && age < SAID_AGAIN_MS) {
    return false;
  }
  await db<StoredFinding>('delivery_findings')
    .insert(finding)
    .onConflict(['service', 'subject'])
    .merge();
  return isNew;
}
