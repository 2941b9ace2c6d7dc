// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';
import { createBackend } from '@backstage/backend-defaults';
import {
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import {
  deliveryEngineExtensionPoint,
  systemClock,
} from 'backstage-plugin-delivery-node';
import { FakeCdEngine } from 'backstage-plugin-delivery-node/testUtils';
import { backendConfig } from './backendConfig';
import { catalogEntities } from './catalogEntities';
import { playedCatalog } from './playedCatalog';
import { Profile } from './Profile';
import { backendSettingsSchema, ENGINE, questionSchema } from './settings';

/** An engine that has a pipeline for everything and is never asked to run it. */
const engine = createBackendModule({
  pluginId: 'delivery',
  moduleId: 'engine',
  register(reg) {
    reg.registerInit({
      deps: { engines: deliveryEngineExtensionPoint },
      async init({ engines }) {
        engines.addEngine(new FakeCdEngine({ clock: systemClock, id: ENGINE }));
      },
    });
  },
});

/**
 * A backend with both plugins, as `@backstage/backend-defaults` makes it; only
 * sign-in and the catalog are played, the same for both.
 */
async function serve(): Promise<void> {
  const settings = backendSettingsSchema.parse(JSON.parse(process.argv[2]));
  const backend = createBackend();
  backend.add(
    mockServices.rootConfig.factory({ data: backendConfig(settings) }),
  );
  backend.add(mockServices.rootLogger.factory({ level: 'warn' }));
  backend.add(mockServices.auth.factory());
  backend.add(mockServices.httpAuth.factory());
  backend.add(mockServices.userInfo.factory());
  backend.add(
    createServiceFactory({
      service: catalogServiceRef,
      deps: {},
      factory: () => playedCatalog(catalogEntities(settings.size)),
    }),
  );
  backend.add(import('@backstage/plugin-kubernetes-backend'));
  if (settings.delivery) {
    backend.add(import('backstage-plugin-delivery-backend'));
    backend.add(import('backstage-plugin-delivery-backend-module-kubernetes'));
    backend.add(engine);
  }
  const profile = new Profile();
  process.on('message', async message => {
    const { command } = questionSchema.parse(message);
    switch (command.do) {
      case 'memory':
        for (let turn = 0; turn < 4; turn += 1) {
          await delay(250);
          globalThis.gc?.();
        }
        process.send?.({ memory: process.memoryUsage() });
        break;
      case 'profile':
        await profile.start();
        process.send?.({ profiling: true });
        break;
      default:
        process.send?.({ profile: await profile.stop() });
    }
  });
  process.on('disconnect', () => process.exit(0));
  await backend.start();
  process.send?.({ started: true });
}

serve().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
