// SPDX-License-Identifier: Apache-2.0
import { DELIVERY_ANNOTATIONS } from 'backstage-plugin-delivery-common';

/**
 * The label selector of a Service's Workloads, or `undefined` when its
 * annotations do not say. A full selector goes before the id.
 */
export function selectorOf(service: {
  annotations: Readonly<Record<string, string>>;
}): string | undefined {
  const { kubernetesId, kubernetesLabelSelector } = DELIVERY_ANNOTATIONS;
  const id = service.annotations[kubernetesId];
  return (
    service.annotations[kubernetesLabelSelector] ??
    (id === undefined ? undefined : `${kubernetesId}=${id}`)
  );
}
