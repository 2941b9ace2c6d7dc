// SPDX-License-Identifier: Apache-2.0
import { DELIVERY_ANNOTATIONS } from '../annotations';

/** What turns a Release into Kubernetes manifests. @public */
export type ManifestRenderer = 'helm' | 'kustomize';

/**
 * The renderer that the annotations of a Service name; `helm` where they name none.
 *
 * @public
 */
export function manifestRenderer(
  annotations: Readonly<Record<string, string>>,
): ManifestRenderer {
  return annotations[DELIVERY_ANNOTATIONS.renderer] === 'kustomize'
    ? 'kustomize'
    : 'helm';
}
