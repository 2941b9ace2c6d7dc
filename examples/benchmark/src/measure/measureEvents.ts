// SPDX-License-Identifier: Apache-2.0
import { serviceDeliverySchema } from 'backstage-plugin-delivery-common';
import { countSchema } from '../generator/commands';
import { placesOf, serviceName, type WorldSize } from '../world/World';
import type { Ground } from './measureViews';
import { percentile, rounded } from './summarize';

const GIVE_UP_MS = 5_000;

/** How long it takes until the API tells what the API server said. */
export type EventFigures = {
  events: number;
  lost: number;
  backgroundPerSecond: number;
  p50: number;
  p99: number;
};

/** Changes places one after another and asks until the API says so. */
export async function measureEvents(
  ground: Ground,
  options: { size: WorldSize; events: number; backgroundPerSecond: number },
): Promise<EventFigures> {
  const { backgroundPerSecond, events, size } = options;
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
    const seen = await until(ground, { ...place, service, ready, since: at });
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
    events,
    lost,
    backgroundPerSecond,
    p50: rounded(percentile(times, 0.5)),
    p99: rounded(percentile(times, 0.99)),
  };
}

async function until(
  { viewers }: Ground,
  wanted: {
    service: number;
    environment: string;
    ready: number;
    since: number;
  },
): Promise<number | undefined> {
  for (;;) {
    const view = await viewers.view('delivery', {
      service: wanted.service,
      person: 0,
      read: true,
    });
    if (view.status !== 200) {
      throw new Error(`The API answered ${view.status}: ${view.text}`);
    }
    const now = performance.timeOrigin + performance.now();
    const shown = serviceDeliverySchema
      .parse(JSON.parse(view.text))
      .environments.find(({ name }) => name === wanted.environment);
    if (shown?.workloads.some(({ ready }) => ready === wanted.ready)) {
      return now - wanted.since;
    }
    if (now - wanted.since > GIVE_UP_MS) {
      return undefined;
    }
  }
}
