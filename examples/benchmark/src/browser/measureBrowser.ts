// SPDX-License-Identifier: Apache-2.0
import { say } from '../measure/say';
import type { WorldSize } from '../world/World';
import { measureDom, type DomFigures } from './measureDom';
import { measureIdleTab, type IdleFigures } from './measureIdleTab';
import { measureManyTabs, type TabsFigures } from './measureManyTabs';
import { openBrowserGround } from './openBrowserGround';

const EVENTS = 300;
const BACKGROUND_PER_SECOND = 50;
const TABS = 300;

/** What people in front of browsers get, and what their open pages cost. */
export type BrowserFigures = {
  dom: DomFigures;
  idle: IdleFigures;
  tabs: TabsFigures;
};

/** Measures with the real portal and Chromium. */
export async function measureBrowser(size: WorldSize): Promise<BrowserFigures> {
  say('The portal before generated clusters');
  const ground = await openBrowserGround(size);
  try {
    const dom = await measureDom(ground, {
      size,
      events: EVENTS,
      backgroundPerSecond: BACKGROUND_PER_SECOND,
    });
    say(`dom ${JSON.stringify(dom)}`);
    const idle = await measureIdleTab(ground);
    say(`idle ${JSON.stringify(idle)}`);
    const tabs = await measureManyTabs(ground, { size, tabs: TABS });
    say(`tabs ${JSON.stringify(tabs)}`);
    return { dom, idle, tabs };
  } finally {
    await ground.close();
  }
}
