// SPDX-License-Identifier: Apache-2.0
import { FetchRouter } from '../http/FetchRouter';
import { parseJson } from '../parseJson';
import type { SimulatorControl } from './SimulatorControl';
import { controlFault } from './controlFault';

/**
 * The control's HTTP API without Backstage, for a simulator that runs on its own.
 *
 * @remarks
 * Only JSON bodies are taken, so that no page of another site can send a command with a
 * plain form.
 */
export function createControlHandler(
  control: SimulatorControl,
): (request: Request) => Promise<Response> {
  const router = new FetchRouter()
    .on('GET', '/control/state', async () =>
      Response.json(await control.state()),
    )
    .on('GET', '/control/clock', async () => Response.json(control.clock()))
    .on('POST', '/control/commands', async request => {
      const type = request.headers.get('content-type') ?? '';
      const body = type.startsWith('application/json')
        ? parseJson(await request.text())
        : undefined;
      return Response.json(await control.run(body));
    });
  return async request => {
    try {
      return (
        (await router.handle(request)) ??
        Response.json({ error: { message: 'Not found' } }, { status: 404 })
      );
    } catch (error) {
      const { status, body } = controlFault(error);
      return Response.json(body, { status });
    }
  };
}
