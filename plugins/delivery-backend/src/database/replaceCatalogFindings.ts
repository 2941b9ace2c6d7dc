// SPDX-License-Identifier: Apache-2.0
import { ANNOTATION_SUBJECT, CHART_SUBJECT } from './catalogSubjects';
import type { Db } from './Db';
import type { StoredFinding } from './findings';

/** Stores what the catalog says of the wiring of all Services, and forgets what it said before. */
export async function replaceCatalogFindings(
  db: Db,
  findings: readonly StoredFinding[],
): Promise<void> {
  await db.transaction(async tx => {
    await tx('delivery_findings')
      .where('subject', 'like', `${ANNOTATION_SUBJECT}%`)
      .orWhere('subject', CHART_SUBJECT)
      .delete();
    if (findings.length > 0) {
      await tx.batchInsert('delivery_findings', [...findings], 100);
    }
  });
}
