// SPDX-License-Identifier: Apache-2.0
import type {
  CdEngine,
  EngineTarget,
  StartParameters,
} from '../ports/CdEngine';

/** What the contract suite needs of an engine and its vendor's fake. @public */
export type CdEngineHarness = {
  engine: CdEngine;
  /** A target that is bound on both sides. */
  target: EngineTarget;
  /** The same Environment, asked for by another entity. */
  foreignTarget: EngineTarget;
  parameters: StartParameters;
  /** An instant before everything the suite does. */
  before: Date;
  /** Lets Executions run to their end; claims are admitted. */
  settle(): Promise<void>;
  /** The vendor accepts the next start, but its answer is lost. */
  loseNextAnswer(): void;
  /** The vendor refuses the next start for good. */
  refuseNextStart(): void;
  /** The vendor is gone from now on. */
  takeDown(): void;
  stop?(): Promise<void>;
};

/**
 * What every CD engine must do, as a test suite.
 *
 * @remarks
 * Call it in a test file of the adapter with a factory; the adapter talks to
 * its vendor's fake, not to a fake of itself.
 * @public
 */
export function describeCdEngine(
  name: string,
  create: () => Promise<CdEngineHarness>,
): void {
  describe(`${name} as a CD engine`, () => {
    let harness: CdEngineHarness;

    beforeEach(async () => {
      harness = await create();
    });

    afterEach(async () => {
      await harness.stop?.();
    });

    async function pipelineId() {
      const binding = await harness.engine.inspect(harness.target);
      if (binding.state !== 'bound') {
        throw new Error(`The target is ${binding.state}: ${binding.reason}`);
      }
      return binding.pipelineId;
    }

    async function start(correlationId: string) {
      return harness.engine.start({
        target: harness.target,
        pipelineId: await pipelineId(),
        correlationId,
        parameters: harness.parameters,
      });
    }

    it('confirms a target that both sides name, and gives its content a stable hash', async () => {
      const first = await harness.engine.inspect(harness.target);
      const second = await harness.engine.inspect(harness.target);
      expect(first.state).toBe('bound');
      expect(second).toEqual(first);
    });

    it('gives another entity nothing but the reason', async () => {
      const binding = await harness.engine.inspect(harness.foreignTarget);
      expect(binding).toEqual({
        state: 'refused',
        reason: expect.stringMatching(/\S/),
      });
    });

    it('starts, and tells the same Execution by its reference and by its correlationId', async () => {
      const outcome = await start('dlv-contract-1');
      if (outcome.state !== 'accepted') {
        throw new Error(`The start was ${outcome.state}: ${outcome.reason}`);
      }
      const byRef = await harness.engine.get(outcome.ref, {
        target: harness.target,
      });
      const found = await harness.engine.find({
        kind: 'correlation',
        target: harness.target,
        correlationId: 'dlv-contract-1',
        since: harness.before,
      });
      expect(byRef?.correlationId).toBe('dlv-contract-1');
      expect(byRef?.parameters).toEqual(harness.parameters);
      expect(byRef?.startedBy.ours).toBe(true);
      expect(found.map(execution => execution.ref.id)).toEqual([
        outcome.ref.id,
      ]);
    });

    it('carries an Execution out as delivery made it', async () => {
      const outcome = await start('dlv-contract-2');
      await harness.settle();
      if (outcome.state !== 'accepted') {
        throw new Error(`The start was ${outcome.state}`);
      }
      const execution = await harness.engine.get(outcome.ref, {
        target: harness.target,
      });
      expect(execution).toMatchObject({
        state: 'succeeded',
        deployReached: true,
        integrity: { intact: true },
      });
    });

    it('finds a start whose answer was lost', async () => {
      const id = await pipelineId();
      harness.loseNextAnswer();
      const outcome = await harness.engine.start({
        target: harness.target,
        pipelineId: id,
        correlationId: 'dlv-contract-3',
        parameters: harness.parameters,
      });
      expect(outcome.state).toBe('unknown');
      await expect(
        harness.engine.find({
          kind: 'correlation',
          target: harness.target,
          correlationId: 'dlv-contract-3',
          since: harness.before,
        }),
      ).resolves.toHaveLength(1);
    });

    it('tells a refusal from an unknown outcome', async () => {
      const id = await pipelineId();
      harness.refuseNextStart();
      await expect(
        harness.engine.start({
          target: harness.target,
          pipelineId: id,
          correlationId: 'dlv-contract-4',
          parameters: harness.parameters,
        }),
      ).resolves.toEqual({
        state: 'refused',
        reason: expect.stringMatching(/\S/),
      });
    });

    it('lists what started lately, oldest first', async () => {
      await start('dlv-contract-5');
      await harness.settle();
      await start('dlv-contract-6');
      const recent = await harness.engine.find({
        kind: 'recent',
        target: harness.target,
        since: harness.before,
      });
      expect(recent.map(execution => execution.correlationId)).toEqual([
        'dlv-contract-5',
        'dlv-contract-6',
      ]);
    });

    it('does not know an Execution that never was', async () => {
      await expect(
        harness.engine.get({
          engine: harness.engine.id,
          id: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
        }),
      ).resolves.toBeUndefined();
    });

    it('takes a cancellation as a wish that can be repeated', async () => {
      const outcome = await start('dlv-contract-7');
      if (outcome.state !== 'accepted') {
        throw new Error(`The start was ${outcome.state}`);
      }
      await harness.engine.cancel(outcome.ref, { reason: 'not wanted' });
      await harness.engine.cancel(outcome.ref, { reason: 'not wanted' });
      const execution = await harness.engine.get(outcome.ref, {
        target: harness.target,
      });
      expect(
        execution?.cancelRequested || execution?.state === 'cancelled',
      ).toBe(true);
    });

    it('says that the vendor is gone instead of saying that there is nothing', async () => {
      const id = await pipelineId();
      harness.takeDown();
      await expect(
        harness.engine.find({
          kind: 'recent',
          target: harness.target,
          since: harness.before,
        }),
      ).rejects.toThrow();
      await expect(
        harness.engine.start({
          target: harness.target,
          pipelineId: id,
          correlationId: 'dlv-contract-8',
          parameters: harness.parameters,
        }),
      ).resolves.toMatchObject({ state: 'unknown' });
    });
  });
}
