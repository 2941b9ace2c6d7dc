// SPDX-License-Identifier: Apache-2.0
import type { EventsService } from '@backstage/plugin-events-node';

/** The events topic on which Jenkins tells that a build has ended. */
export const JENKINS_TOPIC = 'jenkins';
/** The events topic that makes the delivery backend look at its sources at once. */
export const HINT_TOPIC = 'delivery.hint';

/**
 * Turns whatever Jenkins tells into a hint without content.
 *
 * @remarks
 * What an event says is never believed: the Release is fetched from the job that is bound
 * to the entity, so a forged event can only make the backend look a moment sooner.
 */
export async function relayHints(events: EventsService): Promise<void> {
  await events.subscribe({
    id: 'delivery-jenkins',
    topics: [JENKINS_TOPIC],
    onEvent: () =>
      events.publish({
        topic: HINT_TOPIC,
        eventPayload: { source: 'jenkins' },
      }),
  });
}
