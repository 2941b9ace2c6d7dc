// SPDX-License-Identifier: Apache-2.0
import { gunzipSync } from 'node:zlib';
import type { Observation } from 'backstage-plugin-delivery-common';
import { InMemoryWorld } from 'backstage-plugin-spinnaker-client/testUtils';
import { z } from 'zod';
import { imageOf, ORDERS, valuesOf } from '../database/shop';

const workloadSchema = z.object({
  metadata: z.object({ labels: z.record(z.string(), z.string()) }),
  spec: z.object({
    replicas: z.number(),
    template: z.object({
      spec: z.object({ containers: z.array(z.object({ image: z.string() })) }),
    }),
  }),
  status: z.object({ readyReplicas: z.number() }),
});

/** The cluster behind Spinnaker; some Releases never get ready in it. */
export class Cluster extends InMemoryWorld {
  readonly #broken = new Set<number>();

  /** What runs before anything happens: Release 2 in dev, Release 1 in staging. */
  async begin(): Promise<void> {
    await this.#apply('dev', 2);
    await this.#apply('staging', 1);
  }

  /** Somebody applies a Release in staging with their own hands. */
  async applyByHand(release: number): Promise<void> {
    await this.#apply('staging', release);
  }

  /** From now on this Release fails wherever it is rolled out. */
  breakRelease(release: number): void {
    this.#broken.add(release);
  }

  /** A chart that came with the start tells its version itself. */
  override async bake(
    ...[request]: Parameters<InMemoryWorld['bake']>
  ): ReturnType<InMemoryWorld['bake']> {
    const { chart } = request;
    if (chart.type !== 'embedded/base64') {
      return super.bake(request);
    }
    const version = gunzipSync(
      Buffer.from(chart.reference ?? '', 'base64'),
    ).toString();
    return super.bake({
      ...request,
      chart: { ...chart, name: 'orders', version },
    });
  }

  override async applyManifest(
    ...[request]: Parameters<InMemoryWorld['applyManifest']>
  ): ReturnType<InMemoryWorld['applyManifest']> {
    const text = JSON.stringify(request.manifest);
    const broken = [...this.#broken].some(release =>
      text.includes(imageOf(release).digest),
    );
    this.rollout = broken ? 'deadline-exceeded' : 'ready';
    return super.applyManifest(request);
  }

  /** What an observer would tell of the Service in an Environment. */
  observe(environment: string, now: number): Observation {
    const found = this.objects.get(
      `local-${environment}/orders-${environment}/Deployment/orders`,
    );
    const parsed = workloadSchema.safeParse(found);
    const observedAt = new Date(now).toISOString();
    const lane = { service: ORDERS.entityRef, environment };
    if (!parsed.success) {
      return { ...lane, observedAt, health: 'missing', workloads: [] };
    }
    const { metadata, spec, status } = parsed.data;
    const health =
      status.readyReplicas === spec.replicas ? 'healthy' : 'unhealthy';
    return {
      ...lane,
      observedAt,
      health,
      workloads: [
        {
          kind: 'Deployment',
          name: 'orders',
          ready: status.readyReplicas,
          desired: spec.replicas,
          images: spec.template.spec.containers.map(({ image }) => {
            const [name, digest] = image.split('@');
            return { name, digest };
          }),
          chart: metadata.labels['helm.sh/chart'],
          health,
        },
      ],
    };
  }

  async #apply(environment: string, release: number): Promise<void> {
    const namespace = `orders-${environment}`;
    const { signal } = new AbortController();
    const baked = await this.bake({
      renderer: 'HELM3',
      application: 'orders',
      releaseName: 'orders',
      namespace,
      chart: {
        account: 'charts',
        type: 'helm/chart',
        name: 'orders',
        version: `3.8.${release}`,
      },
      values: [valuesOf(release).toString()],
      overrides: {},
      signal,
    });
    if (baked.kind === 'baked') {
      await this.applyManifest({
        account: `local-${environment}`,
        namespace,
        manifest: JSON.parse(baked.yaml),
        signal,
      });
    }
  }
}
