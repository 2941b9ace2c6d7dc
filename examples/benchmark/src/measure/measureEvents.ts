// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';
import { serviceDeliverySchema } from 'backstage-plugin-delivery-common';
import { z } from 'zod';
import { countSchema } from '../generator/commands';
import { placesOf, serviceName, type WorldSize } from '../world/World';
import type { Ground } from './measureViews';
import { percentile, rounded } from './summarize';
import type { Side } from './Viewers';

const GIVE_UP_MS = 10_000;
const BETWEEN_LOOKS_MS = 2;

/** What of the peer's answer says how many Pods are ready. */
const objectsSchema = z.object({
  items: z.array(
    z.object({
      resources: z.array(
        z.object({ type: z.string(), resources: z.array(z.unknown()) }),
      ),
    }),
  ),
});
const deploymentSchema = z.object({
  metadata: z.object({ namespace: z.string() }),
  status: z.object({ readyReplicas: z.number().optional() }),
});

/** How long it takes until the API tells what the API server said. */
export type EventFigures = {
  side: Side;
  events: number;
  lost: number;
  backgroundPerSecond: number;
  p50: number;
  p99: number;
};

/** Changes places one after another and asks until the API says so. */
export async function measureEvents(
  ground: Ground,
  options: {
    side: Side;
    size: WorldSize;
    events: number;
    backgroundPerSecond: number;
  },
): Promise<EventFigures> {
  const { backgroundPerSecond, events, side, size } = options;
  const places = placesOf(size);
  await ground.generator.ask(
    { do: 'churn', perSecond: backgroundPerSecond },
    countSchema,
  );
  const times: number[] = [];
  let lost = 0;
  for (let number = 0; number < events; number += 1) {
    const service = ground.viewers.anyService();
    const place = places[service * 3 + (number % 3)];
    if (place.service !== serviceName(service)) {
      throw new Error('The world is not laid out as expected');
    }
    const { cluster, namespace } = place;
    const ready = place.pods + 1 + number;
    const { at } = await ground.generator.ask(
      { do: 'ready', cluster, namespace, ready },
      countSchema,
    );
    const seen = await until(ground, side, {
      ...place,
      service,
      ready,
      since: at,
    });
    if (seen === undefined) {
      lost += 1;
    } else {
      times.push(seen);
    }
    await ground.generator.ask(
      { do: 'ready', cluster, namespace, ready: place.pods },
      countSchema,
    );
  }
  await ground.generator.ask({ do: 'churn', perSecond: 0 }, countSchema);
  return {
    side,
    events,
    lost,
    backgroundPerSecond,
    p50: rounded(percentile(times, 0.5)),
    p99: rounded(percentile(times, 0.99)),
  };
}

async function until(
  { viewers }: Ground,
  side: Side,
  wanted: {
    service: number;
    environment: string;
    namespace: string;
    ready: number;
    since: number;
  },
): Promise<number | undefined> {
  for (;;) {
    const asked = performance.timeOrigin + performance.now();
    const view = await viewers.view(side, {
      service: wanted.service,
      person: 0,
      read: true,
    });
    if (view.status !== 200) {
      throw new Error(`The API answered ${view.status}: ${view.text}`);
    }
    const now = performance.timeOrigin + performance.now();
    if (readyIn(side, view.text, wanted).includes(wanted.ready)) {
      return now - wanted.since;
    }
    if (asked - wanted.since > GIVE_UP_MS) {
      return undefined;
    }
    await delay(BETWEEN_LOOKS_MS);
  }
}

/** How many Pods are said to be ready in a place. */
function readyIn(
  side: Side,
  text: string,
  place: { environment: string; namespace: string },
): number[] {
  const body: unknown = JSON.parse(text);
  if (side === 'delivery') {
    return serviceDeliverySchema
      .parse(body)
      .environments.filter(({ name }) => name === place.environment)
      .flatMap(({ workloads }) => workloads.map(({ ready }) => ready));
  }
  return objectsSchema
    .parse(body)
    .items.flatMap(({ resources }) => resources)
    .filter(({ type }) => type === 'deployments')
    .flatMap(({ resources }) => resources)
    .map(one => deploymentSchema.parse(one))
    .filter(({ metadata }) => metadata.namespace === place.namespace)
    .map(({ status }) => status.readyReplicas ?? 0);
}
