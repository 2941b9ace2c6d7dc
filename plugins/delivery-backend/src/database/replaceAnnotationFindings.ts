// SPDX-License-Identifier: Apache-2.0
import type { Db } from './Db';
import type { StoredFinding } from './findings';

/** What the subjects of findings about annotations begin with. */
export const ANNOTATION_SUBJECT = 'annotation:';

/** Stores what is wrong with the annotations of all Services, and forgets what no longer is. */
export async function replaceAnnotationFindings(
  db: Db,
  findings: readonly StoredFinding[],
): Promise<void> {
  await db.transaction(async tx => {
    await tx('delivery_findings')
      .where('subject', 'like', `${ANNOTATION_SUBJECT}%`)
      .delete();
    if (findings.length > 0) {
      await tx.batchInsert('delivery_findings', [...findings], 100);
    }
  });
}
