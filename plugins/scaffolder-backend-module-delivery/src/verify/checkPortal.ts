// SPDX-License-Identifier: Apache-2.0
import type {
  DeliveryClient,
  ServiceDelivery,
} from 'backstage-plugin-delivery-common';
import type { Environment } from '../config/Environment';
import { ask, type Check } from './Check';

/**
 * Asks the portal's own delivery plugin what it sees of a service, in the clusters above all.
 *
 * @remarks
 * A service that was registered just now is not known yet.
 */
export async function checkPortal(options: {
  delivery: Pick<DeliveryClient, 'getService'>;
  entityRef: string;
  environments: readonly Environment[];
  signal?: AbortSignal;
}): Promise<Check[]> {
  const { delivery, entityRef, environments, signal } = options;
  let service: ServiceDelivery | undefined;
  const known = await ask(`${entityRef} in this portal`, async () => {
    service = await delivery.getService(entityRef, { signal });
    const wrong = service.findings.find(
      ({ state }) => state === 'missing' || state === 'refused',
    );
    return wrong
      ? { state: 'missing', detail: `${wrong.title}: ${wrong.detail}` }
      : { state: 'found', detail: 'is complete' };
  });
  return [
    known,
    ...environments
      .filter(({ automatic }) => automatic)
      .map(({ name }) => verifiedIn(name, service)),
  ];
}

function verifiedIn(name: string, service: ServiceDelivery | undefined): Check {
  const what = `A verified Release in ${name}`;
  const there = service?.environments.find(one => one.name === name);
  if (!there) {
    return { what, state: 'unknown', detail: 'the portal does not know yet' };
  }
  if (there.deployment?.verifiedAt) {
    return {
      what,
      state: 'found',
      detail: `Release ${there.deployment.releaseNumber}`,
    };
  }
  return {
    what,
    state: 'missing',
    detail: there.failure
      ? `${there.failure.saidBy} said: ${there.failure.message}`
      : 'no Release has been verified there yet',
  };
}
