// SPDX-License-Identifier: Apache-2.0
import { mockCredentials } from '@backstage/backend-test-utils';
import { releaseRecord } from './startDelivery';
import type { startPlugin } from './startPlugin';

/** The Service of the tests. */
export const ORDERS_REF = 'component:default/orders';

/** The plugin behind HTTP, as tests hold it. */
export type StartedPlugin = Awaited<ReturnType<typeof startPlugin>>;

/** Release 1 is built, deployed to dev, and verified. */
export async function bringToDev(delivery: StartedPlugin): Promise<void> {
  const { api, as, clock, engine } = delivery;
  delivery.build(releaseRecord(1, { digit: 'a' }));
  await delivery.until(
    () => api.listReleases(ORDERS_REF, {}, as('ben')),
    ({ items }) => items.length > 0,
  );
  const running = await delivery.until(
    async () => {
      // The grace for the execution of a webhook goes by.
      clock.advance({ seconds: 20 });
      return api.listPromotions(
        { service: ORDERS_REF, environment: 'dev' },
        as('ben'),
      );
    },
    ({ items }) => items[0]?.phase === 'running',
  );
  const [{ execution, id }] = running.items;
  engine.succeed(execution?.id ?? '');
  delivery.show('dev', { digit: 'a', chart: 1 });
  await untilPhase(delivery, id, 'succeeded');
}

/** What a person asks with after having read the service. */
export async function askFor({ api, as }: StartedPlugin, environment: string) {
  const service = await api.getService(ORDERS_REF, as('ben'));
  const door = service.doors.find(({ to }) => to === environment);
  return {
    service: ORDERS_REF,
    environment,
    releaseId: door?.candidate?.id ?? '',
    subject: door?.subject,
    reason: 'It is time',
  };
}

/** Lets time pass until a Promotion is in a phase. */
export async function untilPhase(
  { api, as, clock, until }: StartedPlugin,
  id: string,
  phase: string,
) {
  return until(
    async () => {
      clock.advance({ seconds: 3 });
      return api.getPromotion(id, as('ben'));
    },
    promotion => promotion.phase === phase,
  );
}

/** Asks as the engine's first step does. */
export async function claim(
  delivery: StartedPlugin,
  executionId: string,
  promotionId: string | undefined,
): Promise<unknown> {
  const response = await delivery.fetch('/v1/claims', {
    token: mockCredentials.service.token(),
    body: JSON.stringify({ executionId, promotionId }),
  });
  return response.json();
}
