// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';
import { serviceDeliverySchema } from 'backstage-plugin-delivery-common';
import { countSchema } from '../generator/commands';
import { pathOf, type WorldSize } from '../world/World';
import type { Ground } from './measureViews';
import { percentile, rounded } from './summarize';
import type { Side } from './Viewers';

const GIVE_UP_MS = 120_000;
const PATIENCE_MS = 10_000;

/** What one silent cluster costs everybody. */
export type SilenceFigures = {
  delivery: SideFigures;
  kubernetes: SideFigures;
  /** From the silence until its environments are shown as stale. */
  staleAfterMs: number | undefined;
};

type SideFigures = { views: number; failed: number; p50: number; p99: number };

/** Lets one cluster fall silent, looks at services of all of them, and waits until it is told. */
export async function measureSilence(
  ground: Ground,
  size: WorldSize,
): Promise<SilenceFigures> {
  const cluster = 1;
  await ground.generator.ask({ do: 'silence', cluster }, countSchema);
  const began = performance.now();
  const delivery = await look(ground, 'delivery', 500);
  const kubernetes = await look(ground, 'kubernetes', 10);
  const service = Array.from(
    { length: size.services },
    (_, index) => index,
  ).find(index => pathOf(size, index) === 0);
  while (performance.now() - began < GIVE_UP_MS) {
    const view = await ground.viewers.view('delivery', {
      service: service ?? 0,
      person: 0,
      read: true,
    });
    const prod = serviceDeliverySchema
      .parse(JSON.parse(view.text))
      .environments.find(({ name }) => name === 'prod');
    if (prod?.observation.state === 'stale') {
      return {
        delivery,
        kubernetes,
        staleAfterMs: Math.round(performance.now() - began),
      };
    }
    await delay(500);
  }
  return { delivery, kubernetes, staleAfterMs: undefined };
}

async function look(
  { viewers }: Ground,
  side: Side,
  views: number,
): Promise<SideFigures> {
  const times: number[] = [];
  let failed = 0;
  await Promise.all(
    Array.from({ length: 10 }, async (_, person) => {
      for (let number = 0; number < views / 10; number += 1) {
        const late = new AbortController();
        const answer = await Promise.race([
          viewers.view(side, { service: viewers.anyService(), person }),
          delay(PATIENCE_MS, undefined, { signal: late.signal }).catch(
            () => undefined,
          ),
        ]);
        late.abort();
        if (answer?.status === 200) {
          times.push(answer.milliseconds);
        } else {
          failed += 1;
        }
      }
    }),
  );
  return {
    views,
    failed,
    p50: rounded(percentile(times, 0.5)),
    p99: rounded(percentile(times, 0.99)),
  };
}
