// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';
import { Portal } from './harness';

/** One look of a load balancer: the status and what was said, or that nobody answered. */
async function look(portal: Portal) {
  const url = `${portal.address}/.backstage/health/v1/readiness`;
  try {
    const response = await fetch(url);
    return { status: response.status, said: await response.text() };
  } catch {
    return { status: undefined, said: 'nobody answers' };
  }
}

describe('the readiness of the portal', () => {
  let portal: Portal;
  afterAll(() => portal?.dispose());

  it('is told to load balancers: not before delivery can serve, and from then on', async () => {
    portal = await Portal.prepare();
    const seen: Awaited<ReturnType<typeof look>>[] = [];
    let served: number | undefined;
    let starting = true;
    const watching = (async () => {
      while (starting) {
        const now = await look(portal);
        seen.push(now);
        if (now.status === 200 && served === undefined) {
          // what needs nobody to be in the catalog yet
          const url = `${portal.address}/api/delivery/openapi.json`;
          served = (await fetch(url)).status;
        }
        await delay(20);
      }
    })();
    await portal.start();
    starting = false;
    await watching;
    const ready = seen.findIndex(({ status }) => status === 200);
    const before = seen.slice(0, ready);
    expect(before.map(({ status }) => status)).toContain(503);
    expect(
      before
        .filter(({ status }) => status === 503)
        .every(({ said }) =>
          /Backend has not started yet|Delivery has not loaded/.test(said),
        ),
    ).toBe(true);
    expect(served).toBe(200);
    expect(new Set(seen.slice(ready).map(({ status }) => status))).toEqual(
      new Set([200]),
    );
    await portal.kill();
    await expect(look(portal)).resolves.toMatchObject({ status: undefined });
  }, 240_000);
});
