// SPDX-License-Identifier: Apache-2.0
import type { EntityRef } from 'backstage-plugin-delivery-common';
import { ANNOTATION_SUBJECT, CHART_SUBJECT } from './catalogSubjects';
import type { Db } from './Db';
import type { StoredFinding } from './findings';

/**
 * Stores what the catalog says of the wiring of all Services, and forgets what it
 * said before.
 *
 * @returns The Services of which it says something else now.
 */
export async function replaceCatalogFindings(
  db: Db,
  findings: readonly StoredFinding[],
): Promise<EntityRef[]> {
  const before = await db.transaction(async tx => {
    const ofCatalog = () =>
      tx<StoredFinding>('delivery_findings')
        .where('subject', 'like', `${ANNOTATION_SUBJECT}%`)
        .orWhere('subject', CHART_SUBJECT);
    const stored = await ofCatalog().select(
      'service',
      'subject',
      'state',
      'detail',
    );
    await ofCatalog().delete();
    if (findings.length > 0) {
      await tx.batchInsert('delivery_findings', [...findings], 100);
    }
    return stored;
  });
  const old = new Map(before.map(one => [textOf(one), one.service]));
  const now = new Map(findings.map(one => [textOf(one), one.service]));
  return [
    ...new Set([
      ...[...old].flatMap(([text, service]) =>
        now.has(text) ? [] : [service],
      ),
      ...[...now].flatMap(([text, service]) =>
        old.has(text) ? [] : [service],
      ),
    ]),
  ];
}

function textOf(finding: Omit<StoredFinding, 'at'>): string {
  const { detail, service, state, subject } = finding;
  return JSON.stringify([service, subject, state, detail]);
}
