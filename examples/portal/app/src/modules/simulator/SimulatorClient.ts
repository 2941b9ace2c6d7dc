// SPDX-License-Identifier: Apache-2.0
import {
  createApiRef,
  type DiscoveryApi,
  type FetchApi,
} from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';
import { z } from 'zod';
import { type SimulatorState, simulatorStateSchema } from './stateSchema';

const resultSchema = z.object({ message: z.string() });

/** A command to the simulator; its backend checks the fields of each type. */
export type SimulatorCommand = { type: string } & Record<string, unknown>;

/** Talks to the control of the simulator. */
export interface SimulatorApi {
  /** How the simulated world is; rejects when there is no simulator. */
  getState(options: { signal: AbortSignal }): Promise<SimulatorState>;
  /** Does something in the simulated world and says in one sentence what was done. */
  run(command: SimulatorCommand): Promise<string>;
}

/** The control of the simulator. */
export const simulatorApiRef = createApiRef<SimulatorApi>({
  id: 'plugin.delivery-simulator.control',
});

/** Talks to the control over HTTP. */
export class SimulatorClient implements SimulatorApi {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  async getState(options: { signal: AbortSignal }): Promise<SimulatorState> {
    const answer = await this.#request('state', options);
    return simulatorStateSchema.parse(answer);
  }

  async run(command: SimulatorCommand): Promise<string> {
    const answer = await this.#request('commands', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(command),
    });
    return resultSchema.parse(answer).message;
  }

  async #request(path: string, init: RequestInit): Promise<unknown> {
    const base = await this.#discoveryApi.getBaseUrl('delivery-simulator');
    const response = await this.#fetchApi.fetch(
      `${base}/control/${path}`,
      init,
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response.json();
  }
}
