// SPDX-License-Identifier: Apache-2.0
import type {
  CdEngine,
  EngineBinding,
  Execution,
  StartOutcome,
} from 'backstage-plugin-delivery-node';

/** The one engine of all replicas, over HTTP as a real one is. */
export class RemoteEngine implements CdEngine {
  readonly id = 'spinnaker';
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  inspect: CdEngine['inspect'] = async target =>
    this.#ask<EngineBinding>('inspect', target.service);

  find: CdEngine['find'] = async key => this.#ask<Execution[]>('find', key);

  start: CdEngine['start'] = async request =>
    this.#ask<StartOutcome>('start', request);

  get: CdEngine['get'] = async ref =>
    (await this.#ask<Execution[]>('get', ref))[0];

  cancel: CdEngine['cancel'] = async () => {};

  async #ask<T>(method: string, body: unknown): Promise<T> {
    const response = await fetch(`${this.#url}/${method}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    return response.json();
  }
}
