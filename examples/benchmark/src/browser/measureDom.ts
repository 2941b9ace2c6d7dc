// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';
import { DeployPage, Visitor } from 'portal-browser-tests';
import { countSchema } from '../generator/commands';
import { percentile, rounded } from '../measure/summarize';
import { randomFrom } from '../world/randomFrom';
import { placesOf, type WorldSize } from '../world/World';
import type { BrowserGround } from './openBrowserGround';

const LOOKED_AT = 0;
const GIVE_UP_MS = 10_000;
const SEED = 11;

/** From the event at the API server until the page shows it, in milliseconds. */
export type DomFigures = {
  events: number;
  lost: number;
  backgroundPerSecond: number;
  p50: number;
  p99: number;
};

/** Changes what one page shows, again and again, while everything else changes too. */
export async function measureDom(
  { browser, generator, portal }: BrowserGround,
  options: { size: WorldSize; events: number; backgroundPerSecond: number },
): Promise<DomFigures> {
  const { backgroundPerSecond, events, size } = options;
  const random = randomFrom(SEED);
  const place = placesOf(size)[LOOKED_AT];
  const visitor = await Visitor.signIn(browser, {
    address: portal.address,
    user: 'ben',
  });
  const page = await DeployPage.open(visitor, place.service);
  await page
    .tile(place.environment)
    .getByRole('button', { name: place.environment })
    .click();
  await visitor.page.getByText(/\d+ of \d+ ready/).waitFor();
  await visitor.page.evaluate(noteReadyPods);
  await generator.ask(
    { do: 'churn', perSecond: backgroundPerSecond },
    countSchema,
  );
  const times: number[] = [];
  let lost = 0;
  for (let number = 0; number < events; number += 1) {
    // Not in step with anything that the portal does at intervals.
    await delay(150 + random() * 300);
    const ready = place.pods + 1 + number;
    const { at } = await generator.ask(
      {
        do: 'ready',
        cluster: place.cluster,
        namespace: place.namespace,
        ready,
      },
      countSchema,
    );
    const seen = await visitor.page
      .waitForFunction(
        wanted => Reflect.get(Reflect.get(window, 'seenReady'), wanted),
        ready,
        { timeout: GIVE_UP_MS },
      )
      .then(handle => handle.jsonValue())
      .catch(() => undefined);
    if (typeof seen === 'number') {
      times.push(seen - at);
    } else {
      lost += 1;
    }
  }
  await generator.ask({ do: 'churn', perSecond: 0 }, countSchema);
  await visitor.leave();
  return {
    events,
    lost,
    backgroundPerSecond,
    p50: rounded(percentile(times, 0.5)),
    p99: rounded(percentile(times, 0.99)),
  };
}

/**
 * Runs in the page: notes when it shows a number of ready pods for the first time.
 *
 * @remarks
 * It travels as text, so it holds nothing for which a compiler would add a helper.
 */
function noteReadyPods(): void {
  const seen: Record<string, number> = {};
  Reflect.set(window, 'seenReady', seen);
  const note = () => {
    const panel = document.querySelector('[role=complementary], aside');
    const found = /(\d+) of \d+ ready/.exec(String(panel && panel.textContent));
    if (found && !(found[1] in seen)) {
      seen[found[1]] = performance.timeOrigin + performance.now();
    }
  };
  new MutationObserver(note).observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
  });
}
