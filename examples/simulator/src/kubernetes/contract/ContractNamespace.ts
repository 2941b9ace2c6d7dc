// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import type { JsonObject } from '@backstage/types';
import { isJsonObject } from '../model/KubernetesObject';
import { ApiClient } from './ApiClient';
import type { KubernetesApiUnderTest } from './describeKubernetesApi';

/** A namespace of its own for one test, on the server under test. */
export class ContractNamespace {
  readonly client: ApiClient;
  readonly name: string;

  private constructor(client: ApiClient, name: string) {
    this.client = client;
    this.name = name;
  }

  static async create(
    server: KubernetesApiUnderTest,
  ): Promise<ContractNamespace> {
    const client = new ApiClient(server);
    const name = `contract-${randomBytes(4).toString('hex')}`;
    await client.ok({
      method: 'POST',
      path: '/api/v1/namespaces',
      body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
    });
    return new ContractNamespace(client, name);
  }

  /** The path of a collection, or of an object in it; `apps/v1` for its group. */
  path(resource: string, name = ''): string {
    const [plural, apiVersion = 'v1'] = resource.split('@');
    const root = apiVersion.includes('/') ? '/apis' : '/api';
    const object = name === '' ? '' : `/${name}`;
    return `${root}/${apiVersion}/namespaces/${this.name}/${plural}${object}`;
  }

  /** Creates a ConfigMap. */
  async configMap(
    name: string,
    options: { labels?: JsonObject; data?: JsonObject } = {},
  ): Promise<JsonObject> {
    return this.client.ok({
      method: 'POST',
      path: this.path('configmaps'),
      body: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name, labels: options.labels },
        data: options.data ?? {},
      },
    });
  }

  /** Asks again and again until an answer holds, at most for 30 seconds. */
  async until(
    path: string,
    holds: (body: JsonObject) => boolean,
  ): Promise<JsonObject> {
    const deadline = Date.now() + 30_000;
    for (;;) {
      const { body } = await this.client.send({ path });
      if (holds(body)) {
        return body;
      }
      if (Date.now() > deadline) {
        throw new Error(
          `${path} never became as expected, it is ${JSON.stringify(body)}`,
        );
      }
      await new Promise(resolve => {
        setTimeout(resolve, 50);
      });
    }
  }

  async remove(): Promise<void> {
    await this.client.send({
      method: 'DELETE',
      path: `/api/v1/namespaces/${this.name}`,
    });
  }
}

/** A value deep in a JSON object; undefined when any part of the way is missing. */
export function at(body: JsonObject, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => {
    if (Array.isArray(value)) {
      return value[Number(key)];
    }
    return isJsonObject(value) ? value[key] : undefined;
  }, body);
}

/** The items of a list answer. */
export function itemsOf(body: JsonObject): JsonObject[] {
  return Array.isArray(body.items) ? body.items.filter(isJsonObject) : [];
}

/** The names of the items of a list answer. */
export function namesOf(body: JsonObject): string[] {
  return itemsOf(body).map(item => String(at(item, 'metadata.name')));
}
