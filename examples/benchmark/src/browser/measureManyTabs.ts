// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';
import { countSchema } from '../generator/commands';
import { placesOf, serviceName, type WorldSize } from '../world/World';
import type { BrowserGround } from './openBrowserGround';
import { PlayedTab } from './PlayedTab';

const MINUTE_MS = 60_000;
const CHANGES = 10;

/** What many open pages cost everybody behind the portal, in one minute each. */
export type TabsFigures = {
  tabs: number;
  /** What the tabs asked the portal for. */
  views: number;
  hints: number;
  upstreamWithout: number;
  upstreamWith: number;
};

/**
 * Counts what clusters, Jenkins and Spinnaker are asked for in a minute without anybody and
 * in a minute with many tabs open, while the same happens in the clusters.
 *
 * @remarks
 * So many windows do not fit on a machine: each tab is played with what a real one does,
 * a connection for hints, a read for each hint and one now and then.
 */
export async function measureManyTabs(
  ground: BrowserGround,
  options: { size: WorldSize; tabs: number },
): Promise<TabsFigures> {
  const { size, tabs } = options;
  const alone = await upstreamDuring(ground, () => change(ground, size));
  const open = await Promise.all(
    Array.from({ length: tabs }, (_, index) =>
      PlayedTab.open(ground.portal, serviceName(index % 5)),
    ),
  );
  const together = await upstreamDuring(ground, () => change(ground, size));
  open.forEach(tab => tab.close());
  return {
    tabs,
    views: open.reduce((sum, { views }) => sum + views, 0),
    hints: open.reduce((sum, { hints }) => sum + hints, 0),
    upstreamWithout: alone,
    upstreamWith: together,
  };
}

async function upstreamDuring(
  { generator, vendors }: BrowserGround,
  act: () => Promise<void>,
): Promise<number> {
  const count = async () =>
    (await generator.ask({ do: 'count' }, countSchema)).requests +
    vendors.reduce((sum, { requests }) => sum + requests, 0);
  const before = await count();
  await act();
  return (await count()) - before;
}

/** The same in each minute: the first Services change a few times. */
async function change(
  { generator }: BrowserGround,
  size: WorldSize,
): Promise<void> {
  const [place] = placesOf(size);
  for (let number = 0; number < CHANGES; number += 1) {
    await delay(MINUTE_MS / CHANGES);
    const { cluster, namespace, pods } = place;
    await generator.ask(
      { do: 'ready', cluster, namespace, ready: pods + (number % 2) },
      countSchema,
    );
  }
}
