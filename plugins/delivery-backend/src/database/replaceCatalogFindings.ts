// SPDX-License-Identifier: Apache-2.0
import type { EntityRef } from 'backstage-plugin-delivery-common';
import { ANNOTATION_SUBJECT, CHART_SUBJECT } from './catalogSubjects';
import type { Db } from './Db';
import type { StoredFinding } from './findings';

/**
 * Stores what the catalog says of the wiring of all Services, and forgets what it
 * said before.
 *
 * @remarks
 * What it says again stays as it was written.
 * @returns The Services of which it says something else now.
 */
export async function replaceCatalogFindings(
  db: Db,
  findings: readonly StoredFinding[],
): Promise<EntityRef[]> {
  const stored = await db<StoredFinding>('delivery_findings')
    .where('subject', 'like', `${ANNOTATION_SUBJECT}%`)
    .orWhere('subject', CHART_SUBJECT)
    .select('service', 'subject', 'state', 'detail');
  const old = new Set(stored.map(textOf));
  const now = new Set(findings.map(textOf));
  const gone = stored.filter(one => !now.has(textOf(one)));
  const added = findings.filter(one => !old.has(textOf(one)));
  if (gone.length > 0 || added.length > 0) {
    await db.transaction(async tx => {
      for (const { service, subject } of gone) {
        await tx('delivery_findings').where({ service, subject }).delete();
      }
      await tx.batchInsert('delivery_findings', added, 100);
    });
  }
  return [...new Set([...gone, ...added].map(({ service }) => service))];
}

function textOf(finding: Omit<StoredFinding, 'at'>): string {
  const { detail, service, state, subject } = finding;
  return JSON.stringify([service, subject, state, detail]);
}
