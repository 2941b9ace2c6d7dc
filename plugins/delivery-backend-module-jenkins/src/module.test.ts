// SPDX-License-Identifier: Apache-2.0
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  EventParams,
  EventsService,
  EventsServiceSubscribeOptions,
  eventsServiceRef,
} from '@backstage/plugin-events-node';
import {
  BuildSource,
  deliveryBuildSourceExtensionPoint,
} from 'backstage-plugin-delivery-node';
import { deliveryModuleJenkins } from './module';

/** An events service within this process. */
class LocalEvents implements EventsService {
  readonly published: EventParams[] = [];
  readonly #subscribers: EventsServiceSubscribeOptions[] = [];

  async publish(event: EventParams): Promise<void> {
    this.published.push(event);
    for (const subscriber of this.#subscribers) {
      if (subscriber.topics.includes(event.topic)) {
        await subscriber.onEvent(event);
      }
    }
  }

  async subscribe(options: EventsServiceSubscribeOptions): Promise<void> {
    this.#subscribers.push(options);
  }
}

async function start(
  delivery: object,
  events = new LocalEvents(),
): Promise<BuildSource[]> {
  const added: BuildSource[] = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [
        deliveryBuildSourceExtensionPoint,
        { addBuildSource: source => added.push(source) },
      ],
    ],
    features: [
      deliveryModuleJenkins,
      createServiceFactory({
        service: eventsServiceRef,
        deps: {},
        factory: () => events,
      }),
      mockServices.rootConfig.factory({ data: { delivery: { ...delivery } } }),
    ],
  });
  await backend.stop();
  return added;
}

describe('the Jenkins module', () => {
  const instances = [
    {
      name: 'default',
      baseUrl: 'http://jenkins.test',
      username: 'backstage',
      apiToken: 'token',
    },
  ];

  it('adds Jenkins as a build source', async () => {
    expect(await start({ jenkins: { instances } })).toMatchObject([
      { id: 'jenkins' },
    ]);
  });

  it('makes the backend look sooner when Jenkins tells something', async () => {
    const events = new LocalEvents();
    await start({ jenkins: { instances } }, events);
    await events.publish({
      topic: 'jenkins',
      eventPayload: { name: 'orders/chart', build: { number: 9 } },
    });
    expect(events.published).toMatchObject([
      { topic: 'jenkins' },
      { topic: 'delivery.hint', eventPayload: { source: 'jenkins' } },
    ]);
  });

  it('adds nothing when no Jenkins is configured', async () => {
    expect(await start({})).toEqual([]);
  });

  it('does not start with a configuration that it does not understand', async () => {
    await expect(start({ jenkins: { baseUrl: 'x' } })).rejects.toThrow(
      'delivery.jenkins.baseUrl is not a known key',
    );
  });
});
