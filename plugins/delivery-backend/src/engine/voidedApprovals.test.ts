// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { subjectSchema } from 'backstage-plugin-delivery-common';
import { DATABASE_IDS } from '../__testUtils__/databaseIds';
import { CONFIG, ORDERS } from '../__testUtils__/demoConfig';
import { digestLike } from '../__testUtils__/digestLike';
import { startDelivery } from '../__testUtils__/startDelivery';
import type { DeliveryConfig } from '../config/DeliveryConfig';
import { replaceServices } from '../database/services';
import type { DecisionQuestion } from '../services/DecisionService';
import { loadQuestion } from './loadQuestion';

const databases = TestDatabases.create({ ids: DATABASE_IDS });

jest.setTimeout(60_000);

type Delivery = Awaited<ReturnType<typeof startDelivery>>;

/** The fields of what an approval signs that change in life, and by what. */
const IN_LIFE: Record<
  string,
  { change(delivery: Delivery): Promise<unknown>; named: string }
> = {
  entityUid: {
    change: ({ clock, knex }) =>
      replaceServices(knex, [{ ...ORDERS, uid: 'another' }], clock.now()),
    named: 'the catalog entity',
  },
  runsNow: {
    change: delivery => delivery.show('staging', { digit: 'f', chart: 9 }),
    named: 'what runs in the environment now',
  },
  pipelineId: {
    change: async ({ engine }) => {
      engine.binding = {
        state: 'bound',
        pipelineId: 'pipeline-2',
        pipelineHash: 'hash-1',
      };
    },
    named: 'the Spinnaker pipeline',
  },
  pipelineHash: {
    change: async ({ engine }) => {
      engine.binding = {
        state: 'bound',
        pipelineId: 'pipeline-1',
        pipelineHash: 'hash-2',
      };
    },
    named: 'the content of the Spinnaker pipeline',
  },
  policyHash: {
    change: async ({ config }) => {
      const staging = config.paths.get('default')?.environments[1];
      if (staging) {
        Object.assign(staging, { verifyFor: 11_000 });
      }
    },
    named: 'the gates',
  },
};

/** Two people must approve in staging, so that one approval only waits. */
function twoSlots(): DeliveryConfig {
  const path = CONFIG.paths.get('default');
  if (!path) {
    throw new Error('There is no default path');
  }
  const [dev, staging, prod] = path.environments;
  return {
    ...CONFIG,
    paths: new Map([
      [
        'default',
        {
          ...path,
          environments: [
            dev,
            {
              ...staging,
              gates: prod.gates.filter(({ id }) => id === 'approvals'),
            },
            prod,
          ],
        },
      ],
    ]),
  };
}

describe.each(databases.eachSupportedId())('approvals on %p', id => {
  async function approved() {
    const delivery = await startDelivery({
      knex: await databases.init(id),
      config: twoSlots(),
    });
    await delivery.toDev(1, 'a');
    const promotion = await delivery.ask('ben', 1, 'staging');
    await delivery.approve('anna', promotion.id);
    return { delivery, promotion };
  }

  async function ask(
    delivery: Delivery,
    promotionId: string,
    other: Partial<DecisionQuestion> = {},
  ) {
    const question = await askedOf(delivery, promotionId);
    return delivery.decisions.decide(
      { ...question, ...other },
      { fresh: true },
    );
  }

  it('count while nothing changes', async () => {
    const { delivery, promotion } = await approved();
    await delivery.pass({ minutes: 5 });
    const { approvals, slots } = await ask(delivery, promotion.id);
    expect(approvals).toMatchObject([{ by: 'user:default/anna' }]);
    expect(approvals[0].void).toBeUndefined();
    expect(slots[0].filledBy).toBe('user:default/anna');
  });

  it.each(Object.entries(IN_LIFE))(
    'are void once %s changes, and say so for good',
    async (_, { change, named }) => {
      const { delivery, promotion } = await approved();
      const before = await delivery.get(promotion.id);
      await change(delivery);
      const expected = { void: `Changed since: ${named}` };
      const at = await ask(delivery, promotion.id);
      expect(at.approvals).toMatchObject([expected]);
      expect(at.slots.map(({ filledBy }) => filledBy)).toEqual([
        undefined,
        undefined,
      ]);
      await delivery.pass({ minutes: 1 });
      const after = await ask(delivery, promotion.id);
      expect(after.approvals).toMatchObject([expected]);
      // What was seen before can no longer be approved; what is seen now can.
      await expect(
        delivery.promotions.decide(
          promotion.id,
          { verdict: 'approve', subject: before.subject },
          delivery.as('chidi'),
        ),
      ).rejects.toMatchObject({
        name: 'ConflictError',
        currentSubject: after.subject,
      });
      await delivery.approve('chidi', promotion.id);
      expect(await delivery.get(promotion.id)).toMatchObject({
        phase: 'waiting',
        phaseReason: expect.stringContaining('1 of 2 given'),
      });
    },
  );

  it('are bound to environment, release and kind', async () => {
    const { delivery, promotion } = await approved();
    const { release } = await askedOf(delivery, promotion.id);
    const staging = delivery.config.paths.get('default')?.environments[1];
    if (!staging) {
      throw new Error('There is no staging');
    }
    const others: [Partial<DecisionQuestion>, string][] = [
      [{ environment: { ...staging, name: 'other' } }, 'the environment'],
      [
        { release: { ...release, fingerprint: digestLike('9') } },
        'the release',
      ],
      [{ kind: 'automatic' }, 'the kind of promotion'],
    ];
    for (const [other, named] of others) {
      const { approvals } = await ask(delivery, promotion.id, other);
      expect(approvals).toMatchObject([{ void: `Changed since: ${named}` }]);
    }
    // Every field of the subject is in one of the two lists.
    expect(Object.keys(IN_LIFE).length + others.length).toBe(
      Object.keys(subjectSchema.shape).length,
    );
  });
});

async function askedOf(delivery: Delivery, promotionId: string) {
  const asked = await loadQuestion(
    delivery.knex,
    delivery.config,
    await delivery.get(promotionId),
  );
  if (asked.state === 'gone') {
    throw new Error(asked.reason);
  }
  return asked.question;
}
