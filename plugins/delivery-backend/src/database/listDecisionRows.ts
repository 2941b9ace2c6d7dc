// SPDX-License-Identifier: Apache-2.0
import type { Db } from './Db';

/** A row of what a Decision rests on: of which kind it is, and its columns in order. */
export type DecisionRow = {
  kind:
    | 'observation'
    | 'source'
    | 'lane'
    | 'verified'
    | 'outside'
    | 'approval'
    | 'override'
    | 'review';
  columns: readonly (string | null)[];
};

/** What is asked for. */
export type DecisionRowsQuery = {
  service: string;
  environment: string;
  releaseId: string;
  /** Absent when no Promotion asks yet. */
  promotionId?: string;
};

type Part = {
  kind: DecisionRow['kind'];
  columns: string[];
  from: string;
  bindings: (query: DecisionRowsQuery) => string[];
};

const PARTS: readonly Part[] = [
  {
    kind: 'observation',
    columns: ['body'],
    from: 'delivery_observations where service = ?',
    bindings: ({ service }) => [service],
  },
  {
    kind: 'source',
    columns: ['body'],
    from: 'delivery_sources',
    bindings: () => [],
  },
  {
    kind: 'lane',
    columns: ['environment', 'occupant', 'occupied_since', 'hold'],
    from: 'delivery_lanes where service = ?',
    bindings: ({ service }) => [service],
  },
  {
    kind: 'verified',
    columns: ['environment'],
    from: `delivery_deployments where service = ? and release_id = ? and outcome = 'verified'`,
    bindings: ({ releaseId, service }) => [service, releaseId],
  },
  {
    kind: 'outside',
    columns: ['since', 'reason'],
    from: 'delivery_outside_changes where service = ? and environment = ? and acknowledged_by is null',
    bindings: ({ environment, service }) => [service, environment],
  },
  {
    kind: 'approval',
    columns: [
      'id',
      'promotion_id',
      '"by"',
      'verdict',
      'reason',
      'subject',
      'at',
      'withdrawn_at',
    ],
    from: 'delivery_approvals where promotion_id = ?',
    bindings: ({ promotionId = '' }) => [promotionId],
  },
  {
    kind: 'override',
    columns: ['body'],
    from: 'delivery_overrides where promotion_id = ?',
    bindings: ({ promotionId = '' }) => [promotionId],
  },
  {
    kind: 'review',
    columns: ['body'],
    from: 'delivery_overrides where service = ? and reviewed_at is null',
    bindings: ({ service }) => [service],
  },
];

const WIDTH = Math.max(...PARTS.map(({ columns }) => columns.length));
const NAMES = Array.from({ length: WIDTH }, (_, index) => `c${index}`);

const STATEMENT = PARTS.map(({ columns, from, kind }) => {
  const selected = NAMES.map(
    (name, index) => `${columns[index] ?? 'null'} as ${name}`,
  );
  return `select '${kind}' as kind, ${selected.join(', ')} from ${from}`;
}).join(' union all ');

/**
 * Everything stored that a Decision rests on, as it stands at one moment.
 *
 * @remarks
 * One statement instead of one for each table: a Promotion asks five times on its
 * way, and most of what a query costs does not depend on what it reads.
 */
export async function listDecisionRows(
  db: Db,
  query: DecisionRowsQuery,
): Promise<DecisionRow[]> {
  const rows = await db
    .from(db.raw(`(${STATEMENT}) as facts`, bindingsOf(query)))
    .select<Record<string, string | null>[]>('*');
  return rows.map(({ kind, ...columns }) => ({
    kind: kindOf(kind),
    columns: NAMES.map(name => columns[name]),
  }));
}

function bindingsOf(query: DecisionRowsQuery): string[] {
  return PARTS.flatMap(({ bindings }) => bindings(query));
}

function kindOf(text: string | null): DecisionRow['kind'] {
  const part = PARTS.find(({ kind }) => kind === text);
  if (!part) {
    throw new Error(`There are no rows of the kind "${text}"`);
  }
  return part.kind;
}
