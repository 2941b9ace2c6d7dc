// SPDX-License-Identifier: Apache-2.0
import {
  DELIVERY_ANNOTATIONS,
  type ManifestRenderer,
} from 'backstage-plugin-delivery-common';
import { parseAllDocuments } from 'yaml';
import type { AdoptAnswers } from './adoptAnswers';

/** The file that only a repository which is rendered with Kustomize has. */
export const KUSTOMIZE_BASE = 'base/kustomization.yaml';

/**
 * What renders the manifests of a service that is there already: what was answered, else what
 * its catalog file says, else what its chart repository holds.
 */
export async function findRenderer(options: {
  answers: AdoptAnswers;
  /** The catalog file beside the source, when there is one. */
  catalogInfo?: string;
  /** The text of a file in the chart repository, when there is one. */
  readChart(path: string): Promise<string | undefined>;
}): Promise<ManifestRenderer> {
  const { answers, catalogInfo, readChart } = options;
  if (answers.renderer) {
    return answers.renderer;
  }
  const documents = parseAllDocuments(catalogInfo ?? '');
  const said =
    'empty' in documents
      ? undefined
      : documents
          .find(
            one =>
              one.errors.length === 0 &&
              one.get('kind') === 'Component' &&
              one.getIn(['metadata', 'name']) === answers.service,
          )
          ?.getIn(['metadata', 'annotations', DELIVERY_ANNOTATIONS.renderer]);
  if (said === 'kustomize' || said === 'helm') {
    return said;
  }
  return (await readChart(KUSTOMIZE_BASE)) === undefined ? 'helm' : 'kustomize';
}
