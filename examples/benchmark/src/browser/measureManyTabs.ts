// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';
import { countSchema } from '../generator/commands';
import { placesOf, serviceName, type WorldSize } from '../world/World';
import type { BrowserGround } from './openBrowserGround';
import { PlayedTab } from './PlayedTab';

const SWEEPS = 3;
const CHANGE_EVERY_MS = 6_000;
/** So long after the last call of Jenkins and Spinnaker a sweep is over. */
const OVER_MS = 6_000;
const LOOK_EVERY_MS = 100;

/** What many open pages cost everybody behind the portal, in three of its sweeps. */
export type TabsFigures = {
  tabs: number;
  /** What the tabs asked the portal for. */
  views: number;
  hints: number;
  upstreamWithout: number;
  upstreamWith: number;
};

/**
 * Counts what clusters, Jenkins and Spinnaker are asked for in three sweeps of the portal
 * without anybody and in three with many tabs open, while the same happens in the clusters.
 *
 * @remarks
 * Whole sweeps, which come every 20 s: a minute cuts one of them anywhere.
 * So many windows do not fit on a machine: each tab is played with what a real one does,
 * a connection for hints, a read for each hint and one now and then.
 */
export async function measureManyTabs(
  ground: BrowserGround,
  options: { size: WorldSize; tabs: number },
): Promise<TabsFigures> {
  const { size, tabs } = options;
  const alone = await upstreamDuringSweeps(ground, size);
  const open = await Promise.all(
    Array.from({ length: tabs }, (_, index) =>
      PlayedTab.open(ground.portal, serviceName(index % 5)),
    ),
  );
  const together = await upstreamDuringSweeps(ground, size);
  open.forEach(tab => tab.close());
  return {
    tabs,
    views: open.reduce((sum, { views }) => sum + views, 0),
    hints: open.reduce((sum, { hints }) => sum + hints, 0),
    upstreamWithout: alone,
    upstreamWith: together,
  };
}

async function upstreamDuringSweeps(
  ground: BrowserGround,
  size: WorldSize,
): Promise<number> {
  const { generator, vendors } = ground;
  const count = async () =>
    (await generator.ask({ do: 'count' }, countSchema)).requests +
    callsOf(vendors);
  await sweepOver(vendors);
  const before = await count();
  const changing = startChanges(ground, size);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    await sweepOver(vendors);
  }
  clearInterval(changing);
  return (await count()) - before;
}

/** Resolves when the next sweep has come and gone. */
async function sweepOver(vendors: BrowserGround['vendors']): Promise<void> {
  const before = callsOf(vendors);
  let last = before;
  let since = performance.now();
  while (last === before || performance.now() - since < OVER_MS) {
    await delay(LOOK_EVERY_MS);
    const calls = callsOf(vendors);
    if (calls !== last) {
      last = calls;
      since = performance.now();
    }
  }
}

function callsOf(vendors: BrowserGround['vendors']): number {
  return vendors.reduce((sum, { requests }) => sum + requests, 0);
}

/** The same in each round: one Service changes again and again. */
function startChanges(
  { generator }: BrowserGround,
  size: WorldSize,
): NodeJS.Timeout {
  const [{ cluster, namespace, pods }] = placesOf(size);
  let number = 0;
  return setInterval(() => {
    number += 1;
    generator
      .ask(
        { do: 'ready', cluster, namespace, ready: pods + (number % 2) },
        countSchema,
      )
      .catch(() => {
        // What has ended changes nothing any more.
      });
  }, CHANGE_EVERY_MS);
}
