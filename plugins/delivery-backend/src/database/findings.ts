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
 * Stores what a source said last of Services; answers with those of which it said something
 * else before.
 *
 * @remarks
 * What was said a moment ago is not written again: every binding is looked at all
 * the time, and each transaction waits for a disk.
 */
export async function saveFindings(
  db: Db,
  findings: readonly StoredFinding[],
): Promise<ReadonlySet<string>> {
  const services = [...new Set(findings.map(({ service }) => service))];
  const subjects = [...new Set(findings.map(({ subject }) => subject))];
  const stored = await db<StoredFinding>('delivery_findings')
    .whereIn('service', services)
    .whereIn('subject', subjects)
    .select('service', 'subject', 'state', 'detail', 'at');
  const before = new Map(stored.map(one => [keyOf(one), one]));
  const isNew = (finding: StoredFinding) => {
    const said = before.get(keyOf(finding));
    return said?.state !== finding.state || said.detail !== finding.detail;
  };
  const written = findings.filter(finding => {
    const age =
      Date.parse(finding.at) - Date.parse(before.get(keyOf(finding))?.at ?? '');
    return isNew(finding) || !(age >= 0 && age < SAID_AGAIN_MS);
  });
  if (written.length > 0) {
    await db<StoredFinding>('delivery_findings')
      .insert(written)
      .onConflict(['service', 'subject'])
      .merge();
  }
  return new Set(written.filter(isNew).map(({ service }) => service));
}

function keyOf({ service, subject }: StoredFinding): string {
  return `${service} ${subject}`;
}
