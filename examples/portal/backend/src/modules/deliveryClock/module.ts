// SPDX-License-Identifier: Apache-2.0
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { deliveryClockExtensionPoint } from 'backstage-plugin-delivery-node';
import { simulatorClock } from 'delivery-simulator';
import { followClock } from './followClock';

/**
 * Lets delivery follow the simulator's clock, so that a visitor who moves it sees
 * soak times pass.
 *
 * @remarks
 * Without a simulator this module does nothing. A simulator in a process of its
 * own is followed through its control, at `demo.clock.url`.
 */
export const deliveryModuleClock = createBackendModule({
  pluginId: 'delivery',
  moduleId: 'demo-clock',
  register(reg) {
    reg.registerInit({
      deps: {
        clock: deliveryClockExtensionPoint,
        config: coreServices.rootConfig,
        lifecycle: coreServices.lifecycle,
      },
      async init({ clock, config, lifecycle }) {
        const url = config.getOptionalString('demo.clock.url');
        if (url) {
          const stop = new AbortController();
          lifecycle.addShutdownHook(() => stop.abort());
          clock.setClock(await followClock({ url, signal: stop.signal }));
        } else if (config.has('simulator')) {
          clock.setClock(simulatorClock);
        }
      },
    });
  },
});
