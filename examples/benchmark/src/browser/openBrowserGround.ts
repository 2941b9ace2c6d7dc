// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { freePorts, launchBrowser, Portal, until } from 'portal-browser-tests';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { seedHistory } from '../backend/seedHistory';
import { Child } from '../measure/Child';
import { moduleBeside } from '../measure/moduleBeside';
import { serviceName, type WorldSize } from '../world/World';
import { ByteMeter } from './ByteMeter';
import { catalogText } from './catalogText';
import { CountingServer } from './CountingServer';
import { portalConfig } from './portalConfig';

/** The real portal before generated clusters, and a browser in front of it. */
export type BrowserGround = {
  portal: Portal;
  browser: Browser;
  generator: Child;
  meter: ByteMeter;
  /** Stand for Jenkins and Spinnaker. */
  vendors: readonly CountingServer[];
  close(): Promise<void>;
};

/** Starts everything and waits until what runs is known of every Service. */
export async function openBrowserGround(
  size: WorldSize,
): Promise<BrowserGround> {
  const generator = new Child(moduleBeside('generator/server'), size);
  const { ports: clusterPorts } = await generator.next(
    z.object({ ports: z.array(z.number()) }),
  );
  const portal = await Portal.prepare({ catalog: catalogText(size) });
  const [listen] = await freePorts(1);
  writeFileSync(
    portal.config,
    stringify(
      portalConfig(parse(readFileSync(portal.config, 'utf8')), {
        size,
        clusterPorts,
        listen,
      }),
    ),
  );
  const data = join(portal.folder, 'portal');
  mkdirSync(data, { recursive: true });
  await seedHistory({ size, folder: data, now: new Date() });
  const meter = await ByteMeter.start({
    from: portal.ports.portal,
    to: listen,
  });
  const vendors = await Promise.all(
    [portal.ports.jenkins, portal.ports.spinnaker].map(port =>
      CountingServer.start(port),
    ),
  );
  await portal.start();
  await untilLive(portal, size);
  const browser = await launchBrowser();
  return {
    portal,
    browser,
    generator,
    meter,
    vendors,
    async close() {
      await browser.close();
      await portal.dispose();
      meter.stop();
      vendors.forEach(vendor => vendor.stop());
      await generator.stop();
    },
  };
}

async function untilLive(portal: Portal, size: WorldSize): Promise<void> {
  const { delivery } = portal.as('ben');
  for (let index = 0; index < size.services; index += 1) {
    const service = `component:default/${serviceName(index)}`;
    await until(
      async () => {
        const { environments } = await delivery.getService(service);
        return (
          environments.length > 0 &&
          environments.every(
            ({ observation, workloads }) =>
              observation.state === 'live' && workloads.length > 0,
          )
        );
      },
      { what: `what runs of ${service}`, within: 300_000 },
    );
  }
}
