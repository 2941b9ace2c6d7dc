// SPDX-License-Identifier: Apache-2.0
import type { EntityRef } from 'backstage-plugin-delivery-common';
import type { ClusterConnection } from '../connection/ClusterConnection';
import { fieldOf, textOf } from '../domain/readJson';
import { readAnswer, refusalOf } from '../watch/readAnswer';

/**
 * The annotation by which a Namespace says to which service it belongs, for example
 * `delivery/entity-ref: component:default/orders`.
 *
 * @public
 */
export const NAMESPACE_ENTITY_ANNOTATION = 'delivery/entity-ref';

/** Whose a namespace is, as far as its object says. */
export type Ownership =
  | { kind: 'named'; entityRef: string }
  | { kind: 'unnamed' }
  | { kind: 'unreadable'; reason: string };

const ANSWER_WITHIN_MS = 10_000;

/** So a server answers whom it does not let in; other troubles pass. */
const REFUSED = new Set([401, 403]);

/**
 * Reads from a Namespace object to which service it belongs.
 *
 * @remarks
 * Asked only where the patterns of several services give the same namespace.
 *
 * @throws ClusterError when the cluster cannot be reached, or cannot answer now.
 */
export async function readOwnership(options: {
  connection: ClusterConnection;
  namespace: string;
  signal: AbortSignal;
}): Promise<Ownership> {
  const { connection, namespace, signal } = options;
  const answer = await connection.get(
    `/api/v1/namespaces/${encodeURIComponent(namespace)}`,
    { signal, answerWithinMs: ANSWER_WITHIN_MS },
  );
  const body = await readAnswer(answer);
  if (answer.status === 404) {
    return { kind: 'unnamed' };
  }
  if (answer.status !== 200 && !REFUSED.has(answer.status)) {
    throw refusalOf(answer.status, body);
  }
  if (answer.status !== 200) {
    return {
      kind: 'unreadable',
      reason: `the portal may not read it (${answer.status})`,
    };
  }
  const annotations = fieldOf(fieldOf(body, 'metadata'), 'annotations');
  const entityRef = textOf(annotations, NAMESPACE_ENTITY_ANNOTATION, 300);
  return entityRef === undefined
    ? { kind: 'unnamed' }
    : { kind: 'named', entityRef: entityRef.trim().toLowerCase() };
}

/** Why a service may not see a namespace that others claim too; undefined when it may. */
export function refusalFor(options: {
  service: EntityRef;
  namespace: string;
  ownership: Ownership;
}): string | undefined {
  const { service, namespace, ownership } = options;
  const claimed = `Namespace ${namespace} is claimed by several services`;
  switch (ownership.kind) {
    case 'named':
      return ownership.entityRef === service
        ? undefined
        : `${claimed} and belongs to another one`;
    case 'unnamed':
      return `${claimed} and names none: annotate it with ${NAMESPACE_ENTITY_ANNOTATION}: ${service}`;
    default:
      return `${claimed}, and ${ownership.reason}`;
  }
}
