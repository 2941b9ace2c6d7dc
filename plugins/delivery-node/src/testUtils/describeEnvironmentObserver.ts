// SPDX-License-Identifier: Apache-2.0
import type {
  Observation,
  SourceState,
} from 'backstage-plugin-delivery-common';
import type {
  EnvironmentObserver,
  ObservationTarget,
} from '../ports/EnvironmentObserver';

/** What the contract suite needs of an observer and its vendor's fake. @public */
export type EnvironmentObserverHarness = {
  observer: EnvironmentObserver;
  /** A target with one healthy Workload. */
  target: ObservationTarget;
  /** A target whose namespace names another entity. */
  foreignTarget: ObservationTarget;
  /** Brings another digest into the target, healthy in the end. */
  deploy(digest: string): Promise<void>;
  takeDown(): void;
  bringBack(): void;
  stop?(): Promise<void>;
};

/** What every observer must do, as a test suite. @public */
export function describeEnvironmentObserver(
  name: string,
  create: () => Promise<EnvironmentObserverHarness>,
): void {
  describe(`${name} as an observer`, () => {
    let harness: EnvironmentObserverHarness;
    let stop: AbortController;
    let observations: Observation[];
    let states: SourceState[];

    beforeEach(async () => {
      harness = await create();
      stop = new AbortController();
      observations = [];
      states = [];
    });

    afterEach(async () => {
      stop.abort();
      await harness.stop?.();
    });

    function observe(...targets: ObservationTarget[]) {
      return harness.observer.observe(
        { current: () => targets, onChange: () => {} },
        {
          onObservation: observation => observations.push(observation),
          onSource: state => states.push(state),
          signal: stop.signal,
        },
      );
    }

    async function until(condition: () => boolean, what: string) {
      const deadline = Date.now() + 20_000;
      while (!condition()) {
        if (Date.now() > deadline) {
          throw new Error(
            `Not seen in time: ${what}; last: ${JSON.stringify(
              observations.at(-1),
            )} ${JSON.stringify(states.at(-1))}`,
          );
        }
        await new Promise(resolve => setTimeout(resolve, 20));
      }
    }

    const last = () => observations.at(-1);

    it('shows what runs, and says that the source is live', async () => {
      await observe(harness.target);
      await until(() => last()?.health === 'healthy', 'a healthy observation');
      await until(() => states.at(-1)?.state === 'live', 'a live source');
      expect(last()?.workloads[0]?.images[0]?.digest).toMatch(/^sha256:/);
    }, 30_000);

    it('shows a change by itself', async () => {
      await observe(harness.target);
      await until(() => last()?.health === 'healthy', 'a healthy observation');
      const digest = `sha256:${'e'.repeat(64)}`;
      await harness.deploy(digest);
      await until(
        () =>
          last()?.health === 'healthy' &&
          last()?.workloads[0]?.images[0]?.digest === digest,
        'the new digest',
      );
      expect(last()).toMatchObject({ health: 'healthy' });
    }, 60_000);

    it('keeps what it saw when the source goes, and says so', async () => {
      await observe(harness.target);
      await until(() => last()?.health === 'healthy', 'a healthy observation');
      const before = observations.length;
      harness.takeDown();
      await until(() => states.at(-1)?.state === 'stale', 'a stale source');
      expect(states.at(-1)?.reason).toMatch(/\S/);
      expect(
        observations.slice(before).some(one => one.workloads.length === 0),
      ).toBe(false);
      harness.bringBack();
      await until(() => states.at(-1)?.state === 'live', 'a live source');
    }, 90_000);

    it('shows nothing of a namespace that names another entity', async () => {
      await observe(harness.foreignTarget);
      await until(() => last()?.refused !== undefined, 'a refusal');
      expect(last()).toMatchObject({ health: 'unknown', workloads: [] });
    }, 30_000);
  });
}
