// SPDX-License-Identifier: Apache-2.0

/** How large the world of a run is. */
export type WorldSize = { clusters: number; services: number; pods: number };

/** One Service in one Environment, and how many Pods it has there. */
export type Place = {
  service: string;
  environment: string;
  cluster: number;
  namespace: string;
  pods: number;
};

/** The Environments of every path, with their share of a Service's Pods. */
export const ENVIRONMENTS = [
  { name: 'dev', tier: 'development', share: 0.2 },
  { name: 'staging', tier: 'staging', share: 0.2 },
  { name: 'prod', tier: 'production', share: 0.6 },
] as const;

/** A path for each pair of clusters: dev and staging in the first, prod in the second. */
export function pathCount({ clusters }: WorldSize): number {
  return Math.max(1, Math.floor(clusters / 2));
}

/** The name of a Service. */
export function serviceName(index: number): string {
  return `service-${String(index).padStart(4, '0')}`;
}

/** The path that a Service is on. */
export function pathOf(size: WorldSize, index: number): number {
  return index % pathCount(size);
}

/** The cluster of an Environment of a path. */
export function clusterOf(
  size: WorldSize,
  path: number,
  environment: string,
): number {
  return Math.min(
    size.clusters - 1,
    path * 2 + (environment === 'prod' ? 1 : 0),
  );
}

/** Every place of the world; the same for the same size. */
export function placesOf(size: WorldSize): Place[] {
  const perService = size.pods / size.services;
  return Array.from({ length: size.services }, (_, index) =>
    ENVIRONMENTS.map(({ name, share }) => ({
      service: serviceName(index),
      environment: name,
      cluster: clusterOf(size, pathOf(size, index), name),
      namespace: `${serviceName(index)}-${name}`,
      pods: Math.max(1, Math.round(perService * share)),
    })),
  ).flat();
}

/** The digest that a Release of a Service runs. */
export function digestOfRelease(service: string, release: number): string {
  const digits = `${service.slice(-4)}${String(release).padStart(4, '0')}`;
  return `sha256:${digits.repeat(8)}`;
}

/** The Release that runs in an Environment: prod is one behind. */
export function releaseIn(environment: string): number {
  return environment === 'prod' ? 43 : 44;
}
