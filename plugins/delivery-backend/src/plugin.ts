// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  deliveryBuildSourceExtensionPoint,
  deliveryClockExtensionPoint,
  deliveryEngineExtensionPoint,
  deliveryGateExtensionPoint,
  deliveryObserverExtensionPoint,
  systemClock,
} from 'backstage-plugin-delivery-node';
import { CatalogPeople } from './catalog/CatalogPeople';
import { readDeliveryConfig } from './config/readDeliveryConfig';
import { forgetFreshness } from './database/forgetFreshness';
import { deliveryReadinessServiceRef } from './readiness/deliveryReadinessServiceRef';
import { createRouter } from './router/createRouter';
import { RequestMeter } from './router/RequestMeter';
import { assembleDelivery } from './wiring/assembleDelivery';
import { isShared } from './database/isShared';
import { DatabaseClock } from './wiring/DatabaseClock';
import { Hints } from './wiring/Hints';
import { openDatabase } from './wiring/openDatabase';
import { Ports } from './wiring/Ports';
import { refuseUnfillableSlots } from './wiring/refuseUnfillableSlots';
import { registerPermissions } from './wiring/registerPermissions';

/** The events topic on which anybody who builds or deploys says "look now". */
const HINT_TOPIC = 'delivery.hint';

/** What is under way may take this long to end when the backend stops. */
const LAST_WORDS_MS = 5_000;

/** Promotes releases through environments, behind gates. @public */
export const deliveryPlugin = createBackendPlugin({
  pluginId: 'delivery',
  register(env) {
    const ports = new Ports();
    env.registerExtensionPoint(deliveryEngineExtensionPoint, ports);
    env.registerExtensionPoint(deliveryBuildSourceExtensionPoint, ports);
    env.registerExtensionPoint(deliveryObserverExtensionPoint, ports);
    env.registerExtensionPoint(deliveryGateExtensionPoint, ports);
    env.registerExtensionPoint(deliveryClockExtensionPoint, ports);
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        database: coreServices.database,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        readiness: deliveryReadinessServiceRef,
        rootConfig: coreServices.rootConfig,
        signals: signalsServiceRef,
        urlReader: coreServices.urlReader,
        userInfo: coreServices.userInfo,
      },
      async init(deps) {
        const { httpAuth, httpRouter, lifecycle, logger, rootConfig } = deps;
        const config = readDeliveryConfig(rootConfig, ports);
        const stop = new AbortController();
        const people = new CatalogPeople({ ...deps, clock: systemClock });
        await refuseUnfillableSlots({
          config,
          certainly: names => people.certainly(names),
          signal: stop.signal,
        });
        const knex = await openDatabase(deps.database);
        await forgetFreshness(knex);

        if (!ports.hasClock && isShared(knex)) {
          const { signal } = stop;
          ports.setClock(await DatabaseClock.start(knex, { logger, signal }));
        }
        const hints = new Hints({
          signals: deps.signals,
          logger,
          signal: stop.signal,
        });
        const { changes, engine, routes, services } = assembleDelivery({
          ...deps,
          knex,
          config,
          ports,
          people,
          baseUrl: await deps.discovery.getExternalBaseUrl('delivery'),
          hint: service => hints.add(service),
          signal: stop.signal,
        });

        registerPermissions(deps.permissionsRegistry, { config, db: knex });
        const meter = new RequestMeter(deps.metrics);
        httpRouter.use(createRouter({ routes, httpAuth, meter }));
        httpRouter.addAuthPolicy({
          path: '/openapi.json',
          allow: 'unauthenticated',
        });
        await deps.events.subscribe({
          id: 'delivery',
          topics: [HINT_TOPIC],
          onEvent: async () => engine.lookNow(),
        });
        lifecycle.addShutdownHook(async () => {
          stop.abort();
          await Promise.race([
            engine.settled(),
            delay(LAST_WORDS_MS, undefined, { ref: false }),
          ]);
        });
        lifecycle.addStartupHook(async () => {
          await services.restore();
          deps.readiness.loaded(() => changes.standing());
          await engine.start(stop.signal);
        });
      },
    });
  },
});
