// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@backstage/types';
import { isJsonObject } from '../model/KubernetesObject';
import { at, ContractNamespace, itemsOf } from './ContractNamespace';
import { deploymentManifest } from './deploymentManifest';
import type { KubernetesApiUnderTest } from './describeKubernetesApi';

const STRATEGIC = 'application/strategic-merge-patch+json';

/** The Deployment `shop`, in a namespace of its own for each test. */
export class ContractDeployment {
  readonly #server: () => KubernetesApiUnderTest;
  #space?: ContractNamespace;

  constructor(server: () => KubernetesApiUnderTest) {
    this.#server = server;
  }

  get space(): ContractNamespace {
    if (!this.#space) {
      throw new Error('The test has no namespace yet');
    }
    return this.#space;
  }

  get path(): string {
    return this.space.path('deployments@apps/v1', 'shop');
  }

  async setUp(): Promise<void> {
    this.#space = await ContractNamespace.create(this.#server());
  }

  async tearDown(): Promise<void> {
    await this.space.remove();
  }

  async create(options: {
    image: string;
    replicas?: number;
    command?: string[];
  }): Promise<void> {
    await this.space.client.ok({
      method: 'POST',
      path: this.space.path('deployments@apps/v1'),
      body: deploymentManifest({ ...options, name: 'shop' }),
    });
  }

  async setImage(image: string): Promise<void> {
    await this.space.client.ok({
      method: 'PATCH',
      path: this.path,
      contentType: STRATEGIC,
      body: {
        spec: { template: { spec: { containers: [{ name: 'app', image }] } } },
      },
    });
  }

  /** Waits until the Deployment is as expected. */
  until(holds: (body: JsonObject) => boolean): Promise<JsonObject> {
    return this.space.until(this.path, holds);
  }

  /** The Pods of the Deployment that are there now. */
  /** Waits until so many Pods are left; those that end take a moment. */
  async untilPods(count: number): Promise<void> {
    const deadline = Date.now() + 20_000;
    while ((await this.pods()).length !== count) {
      if (Date.now() > deadline) {
        throw new Error(`There never were ${count} Pods`);
      }
      await new Promise(resolve => {
        setTimeout(resolve, 50);
      });
    }
  }

  async pods(): Promise<JsonObject[]> {
    return itemsOf(
      await this.space.client.ok({
        path: `${this.space.path('pods')}?labelSelector=app%3Dshop`,
      }),
    );
  }
}

/** A condition of an object; empty when it has none of that type. */
export function condition(body: JsonObject, type: string): JsonObject {
  const list = at(body, 'status.conditions');
  const found = Array.isArray(list)
    ? list.filter(isJsonObject).find(each => each.type === type)
    : undefined;
  return found ?? {};
}

/** Whether a Deployment has so many Pods of a generation, all serving, and no others. */
export function rolledOut(
  replicas: number,
  generation: number,
): (body: JsonObject) => boolean {
  return body =>
    Number(at(body, 'status.observedGeneration')) >= generation &&
    at(body, 'status.updatedReplicas') === replicas &&
    at(body, 'status.availableReplicas') === replicas &&
    at(body, 'status.replicas') === replicas;
}
