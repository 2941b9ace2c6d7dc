// SPDX-License-Identifier: Apache-2.0
import type { DiscoveryService } from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import type { CommandInput } from 'delivery-simulator';

/** The simulator's control, as the control page uses it. */
export class SimulatorRemote {
  readonly #discovery: DiscoveryService;

  constructor(options: { discovery: DiscoveryService }) {
    this.#discovery = options.discovery;
  }

  /**
   * Tells the simulated world to do something.
   *
   * @throws ResponseError when it refuses.
   */
  async run(command: CommandInput): Promise<void> {
    const base = await this.#discovery.getBaseUrl('delivery-simulator');
    const response = await fetch(`${base}/control/commands`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(command),
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
  }
}
