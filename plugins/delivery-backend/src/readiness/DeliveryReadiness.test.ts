// SPDX-License-Identifier: Apache-2.0
import { DeliveryReadiness } from './DeliveryReadiness';

const GONE = 'The database of delivery does not answer';

describe('DeliveryReadiness', () => {
  it('is not ready before the last known state was loaded', async () => {
    const readiness = new DeliveryReadiness();
    await expect(readiness.reason()).resolves.toBe(
      'Delivery has not loaded its last known state yet',
    );
    readiness.loaded(async () => {});
    await expect(readiness.reason()).resolves.toBeUndefined();
  });

  it('follows the database down and up again, and never says its words', async () => {
    const readiness = new DeliveryReadiness();
    let gone = true;
    readiness.loaded(async () => {
      if (gone) {
        throw new Error('connect ECONNREFUSED db.internal:5432');
      }
    });
    await expect(readiness.reason()).resolves.toBe(GONE);
    gone = false;
    await expect(readiness.reason()).resolves.toBeUndefined();
  });

  it('does not let the load balancer wait for a database that says nothing', async () => {
    const readiness = new DeliveryReadiness();
    readiness.loaded(() => new Promise(() => {}));
    const began = Date.now();
    await expect(readiness.reason()).resolves.toBe(GONE);
    expect(Date.now() - began).toBeLessThan(10_000);
  });
});
