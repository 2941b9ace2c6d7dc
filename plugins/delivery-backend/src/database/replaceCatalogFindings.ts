// SPDX-License-Identifier: Apache-2.0
import type { Db } from './Db';
import type { StoredFinding } from './findings';

/** What the subjects of findings about annotations begin with. */
export const ANNOTATION_SUBJECT = 'annotation:';

/** The subject of the finding about the chart repository. */
export const CHART_SUBJECT = 'chart';

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
