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
 * Stores what a source said last of a Service; `false` when it said the same before.
 *
 * @remarks
 * What was said a moment ago is not written again: every binding is looked at all
 * the time, and each transaction waits for a disk.
 */
export async function saveFindings(
  db: Db,
  service: string,
  findings: readonly Omit<StoredFinding, 'service'>[],
): Promise<boolean> {
  const stored = await db<StoredFinding>('delivery_findings')
    .where({ service })
    .whereIn(
      'subject',
      findings.map(({ subject }) => subject),
    )
    .select('subject', 'state', 'detail', 'at');
  const before = new Map(stored.map(one => [one.subject, one]));
  const isNew = ({ detail, state, subject }: Omit<StoredFinding, 'service'>) =>
    before.get(subject)?.state !== state ||
    before.get(subject)?.detail !== detail;
  const written = findings.filter(finding => {
    const age =
      Date.parse(finding.at) -
      Date.parse(before.get(finding.subject)?.at ?? '');
    return isNew(finding) || !(age >= 0 && age < SAID_AGAIN_MS);
  });
  if (written.length > 0) {
    await db<StoredFinding>('delivery_findings')
      .insert(written.map(finding => ({ ...finding, service })))
      .onConflict(['service', 'subject'])
      .merge();
  }
  return written.some(isNew);
}
