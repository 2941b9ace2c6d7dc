// SPDX-License-Identifier: Apache-2.0
import type { BuildSource } from '../ports/BuildSource';
import type { DeliveredService } from '../ports/DeliveredService';

/** What the contract suite needs of a build source and its vendor's fake. @public */
export type BuildSourceHarness = {
  source: BuildSource;
  /** A Service with two Releases, the first built by build 1. */
  service: DeliveredService;
  /** A Service whose annotation names the folder of the other one. */
  foreignService: DeliveredService;
  /** A Service of which the vendor knows nothing. */
  absentService: DeliveredService;
  takeDown(): void;
  stop?(): Promise<void>;
};

/** What every build source must do, as a test suite. @public */
export function describeBuildSource(
  name: string,
  create: () => Promise<BuildSourceHarness>,
): void {
  describe(`${name} as a build source`, () => {
    let harness: BuildSourceHarness;

    beforeEach(async () => {
      harness = await create();
    });

    afterEach(async () => {
      await harness.stop?.();
    });

    async function releases(since: { build?: number } = {}) {
      const answer = await harness.source.releases(harness.service, since);
      if (answer.state !== 'bound') {
        throw new Error(`The service is ${answer.state}: ${answer.reason}`);
      }
      return answer.releases;
    }

    it('gives the Releases oldest first, each naming its Service', async () => {
      const found = await releases();
      expect(found).toHaveLength(2);
      expect(found.map(({ record }) => record.service)).toEqual([
        harness.service.entityRef,
        harness.service.entityRef,
      ]);
      expect(found[0].record.number).toBeLessThan(found[1].record.number);
    });

    it('gives only what is newer than a build that is known', async () => {
      const [first, second] = await releases();
      const newer = await releases({ build: first.record.build.number });
      expect(newer).toEqual([second]);
    });

    it('gives another entity nothing but the reason', async () => {
      await expect(
        harness.source.releases(harness.foreignService, {}),
      ).resolves.toEqual({
        state: 'refused',
        reason: expect.stringMatching(/\S/),
      });
    });

    it('gives another entity no package of a chart', async () => {
      const [{ record }] = await releases();
      const answer = await harness.source.chartPackage?.({
        service: harness.foreignService,
        release: record,
        maxBytes: 1024,
      });
      expect(answer?.state).not.toBe('found');
    });

    it('says what is missing', async () => {
      await expect(
        harness.source.releases(harness.absentService, {}),
      ).resolves.toMatchObject({ state: 'missing' });
    });

    it('lists the newest builds first, and no more than asked for', async () => {
      const builds = await harness.source.builds(harness.service, { limit: 1 });
      expect(builds).toHaveLength(1);
    });

    it('says that the vendor is gone instead of saying that there is nothing', async () => {
      harness.takeDown();
      await expect(
        harness.source.releases(harness.service, {}),
      ).rejects.toThrow();
    });
  });
}
