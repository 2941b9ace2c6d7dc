// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';
import { DeployPage, Visitor } from 'portal-browser-tests';
import { rounded } from '../measure/summarize';
import { serviceName } from '../world/World';
import type { BrowserGround } from './openBrowserGround';

const SETTLE_MS = 15_000;
const MINUTES = 3;

/** What an open page costs while nothing happens. */
export type IdleFigures = { minutes: number; bytesPerMinute: number };

/** Leaves one page open and counts what the portal sends to it. */
export async function measureIdleTab({
  browser,
  meter,
  portal,
}: BrowserGround): Promise<IdleFigures> {
  const visitor = await Visitor.signIn(browser, {
    address: portal.address,
    user: 'ben',
  });
  await DeployPage.open(visitor, serviceName(1));
  await delay(SETTLE_MS);
  const before = meter.sent;
  await delay(MINUTES * 60_000);
  const bytesPerMinute = rounded((meter.sent - before) / MINUTES);
  await visitor.leave();
  return { minutes: MINUTES, bytesPerMinute };
}
