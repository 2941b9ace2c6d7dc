// SPDX-License-Identifier: Apache-2.0
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { DemoPerson } from './DemoPerson';
import { Diary } from './Diary';
import { SimulatorRemote } from './SimulatorRemote';
import { tellDemoStory } from './tellDemoStory';

/**
 * Fills a new demo with three services, each in another state, through the same
 * template and API that a visitor uses.
 *
 * @remarks
 * Does nothing unless `demo.onboarding` is true. What is done is kept in a
 * diary, so that a demo stopped in the middle goes on where it was, and a
 * visitor's later work is never touched.
 */
export const demoOnboardingPlugin = createBackendPlugin({
  pluginId: 'demo-onboarding',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        lifecycle: coreServices.rootLifecycle,
        logger: coreServices.logger,
      },
      async init({ config, database, discovery, lifecycle, logger }) {
        if (config.getOptionalBoolean('demo.onboarding') !== true) {
          return;
        }
        const diary = await Diary.open(await database.getClient(), logger);
        const stop = new AbortController();
        let told: Promise<void> = Promise.resolve();
        lifecycle.addStartupHook(() => {
          told = tellDemoStory({
            diary,
            logger,
            simulator: new SimulatorRemote({ discovery }),
            person: name => new DemoPerson({ name, discovery }),
            organisation: config.getString('demo.organisation'),
            sourceHost: config.getString('demo.sourceHost'),
            signal: stop.signal,
          });
        });
        lifecycle.addShutdownHook(async () => {
          stop.abort();
          await told;
        });
      },
    });
  },
});
