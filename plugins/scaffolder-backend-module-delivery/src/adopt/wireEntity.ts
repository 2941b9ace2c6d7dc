// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import { isMap, isSeq, parseAllDocuments, Document } from 'yaml';

/** What an entity must say at least. */
export type Wiring = {
  kind: 'Component' | 'Resource';
  name: string;
  annotations: Record<string, string>;
  /** Used for an entity that is not there yet. */
  spec: Record<string, string>;
  relation: { key: 'dependsOn' | 'dependencyOf'; ref: string };
};

/**
 * The catalog file with the wiring of an entity in it: an entity of that kind and name gets
 * what it lacks, and is added when there is none. Everything else stays as it was written,
 * comments too.
 *
 * @throws InputError when the file is no YAML, or the entity says something else already.
 */
export function wireEntity(text: string | undefined, wiring: Wiring): string {
  const { kind, name, annotations, relation } = wiring;
  const documents = parseAllDocuments(text ?? '');
  const broken =
    'empty' in documents
      ? undefined
      : documents.find(({ errors }) => errors.length > 0);
  if (broken) {
    throw new InputError(
      `catalog-info.yaml cannot be read: ${broken.errors[0].message}`,
    );
  }
  const all: Document[] = 'empty' in documents ? [] : [...documents];
  let entity = all.find(
    one => one.get('kind') === kind && one.getIn(['metadata', 'name']) === name,
  );
  if (!entity) {
    entity = new Document({
      apiVersion: 'backstage.io/v1alpha1',
      kind,
      metadata: { name },
      spec: wiring.spec,
    });
    all.push(entity);
  }
  for (const [key, value] of Object.entries(annotations)) {
    const there = entity.getIn(['metadata', 'annotations', key]);
    if (there !== undefined && there !== value) {
      throw new InputError(
        `The ${kind} '${name}' has the annotation ${key}: ${there} already. Give that name in the form, or change it in catalog-info.yaml first`,
      );
    }
    entity.setIn(['metadata', 'annotations', key], value);
  }
  relate(entity, relation);
  return all
    .map(one => one.toString({ lineWidth: 0 }))
    .map((one, index) =>
      index > 0 && !one.startsWith('---') ? `---\n${one}` : one,
    )
    .join('');
}

function relate(
  entity: Document,
  { key, ref }: { key: string; ref: string },
): void {
  const there = entity.getIn(['spec', key]);
  if (!isSeq(there)) {
    if (!isMap(entity.get('spec'))) {
      entity.set('spec', entity.createNode({}));
    }
    entity.setIn(['spec', key], entity.createNode([ref]));
    return;
  }
  const refs = there.toJSON();
  if (!refs.some((one: unknown) => isSameRef(one, ref))) {
    there.add(entity.createNode(ref));
  }
}

/** `resource:orders-chart` and `resource:default/orders-chart` are the same. */
function isSameRef(one: unknown, ref: string): boolean {
  return (
    typeof one === 'string' &&
    one.toLowerCase().replace(/^(\w+):(?=[^/]+$)/, '$1:default/') === ref
  );
}
